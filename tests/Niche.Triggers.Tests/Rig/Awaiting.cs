using System.Runtime.CompilerServices;

namespace Niche.Triggers.Tests.Rig;

internal static class Awaiting
{
    /// <summary>Far beyond what any test needs on a busy machine; only ever reached by a defect.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Fails the test instead of hanging it, with what was awaited.</summary>
    public static async Task Soon(this Task task, [CallerArgumentExpression(nameof(task))] string what = "")
    {
        try
        {
            await task.WaitAsync(Limit, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException e) when (!task.IsCompleted)
        {
            throw Late(what, e);
        }
    }

    /// <inheritdoc cref="Soon(Task, string)"/>
    public static async Task<T> Soon<T>(this Task<T> task, [CallerArgumentExpression(nameof(task))] string what = "")
    {
        await Soon((Task)task, what);
        return await task;
    }

    private static TimeoutException Late(string what, TimeoutException cause) =>
        new($"Within {Limit.TotalSeconds:0} s this did not happen: {what}", cause);
}
