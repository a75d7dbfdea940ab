using Niche.Miner.Work;

namespace Niche.Attacks.Kinds;

/// <summary>Paints from another seed.</summary>
public sealed class OtherSeed(IMinerWork work) : HonestWork(work)
{
    /// <inheritdoc/>
    public override Task<string> PaintAsync(ImageOrder order, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(order);
        return base.PaintAsync(order with { Seed = order.Seed ^ 1 }, ct);
    }
}
