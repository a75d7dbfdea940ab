using Niche.Miner.Work;

namespace Niche.Attacks.Kinds;

/// <summary>Paints another prompt.</summary>
public sealed class OtherPrompt(IMinerWork work) : HonestWork(work)
{
    private const string Sea = "a white lighthouse by the sea at night", Castle = "a castle in the mountains at noon";

    /// <inheritdoc/>
    public override Task<string> PaintAsync(ImageOrder order, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(order);
        return base.PaintAsync(order with { Prompt = order.Prompt == Castle ? Sea : Castle }, ct);
    }
}
