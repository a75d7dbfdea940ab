namespace Niche.Bots.Discord.Tests.Rig;

/// <summary>Waits for what will come true, and fails when it does not.</summary>
internal static class Until
{
    public static async Task TrueAsync(Func<bool> condition, CancellationToken ct)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(10));
        while (!condition()) await timer.WaitForNextTickAsync(patience.Token);
    }
}
