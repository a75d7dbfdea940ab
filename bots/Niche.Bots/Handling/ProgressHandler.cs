using Niche.Bots.Orders;

namespace Niche.Bots.Handling;

/// <summary>Looks after the message of an open order until its last view is shown.</summary>
public sealed class ProgressHandler(OrderBoard board)
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(200), Most = TimeSpan.FromMinutes(10);

    /// <summary>One look.</summary>
    /// <returns>After how long to look again; null when it is over.</returns>
    public async Task<TimeSpan?> RunAsync(OrderMark mark, CancellationToken ct) =>
        await board.ShowAsync(mark.JobId, ct).ConfigureAwait(false) is { } next ? TimeSpan.FromTicks(Math.Clamp(next.Ticks, Least.Ticks, Most.Ticks)) : null;
}
