using Niche.Miner.Work;

namespace Niche.Attacks.Kinds;

/// <summary>Good work, too late.</summary>
public sealed class Slow(IMinerWork work, TimeProvider time) : HonestWork(work)
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public override async Task<string> PaintAsync(ImageOrder order, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(order);
        var image = await base.PaintAsync(order, ct);
        await Task.Delay(order.Timeout + Margin, time, ct);
        return image;
    }
}
