using System.Diagnostics;

namespace Niche.EndToEnd.Tests.Rig;

/// <summary>Waits for a real condition; the deadline only ends a test that would hang.</summary>
public static class Until
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(240);

    public static async Task TrueAsync(Func<Task<bool>> condition, Func<string> otherwise)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed > Deadline) Assert.Fail(otherwise());
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public static Task TrueAsync(Func<bool> condition, Func<string> otherwise) => TrueAsync(() => Task.FromResult(condition()), otherwise);
}
