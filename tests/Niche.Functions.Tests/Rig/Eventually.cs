namespace Niche.Functions.Tests.Rig;

internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20), Limit = TimeSpan.FromSeconds(120);

    /// <summary>Asks until it is so; two minutes without are a defect.</summary>
    public static async Task TrueAsync(Func<Task<bool>> ask)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        while (!await ask()) await Task.Delay(Pause, limit.Token);
    }
}
