using Niche.Miner.Work;
using Niche.Subnet.Synapses;

namespace Niche.Attacks.Kinds;

/// <summary>Runs half the steps.</summary>
public sealed class HalfSteps(IMinerWork work) : HonestWork(work)
{
    private const int UsualSteps = 20;

    /// <inheritdoc/>
    public override Task<string> PaintAsync(ImageOrder order, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(order);
        var asked = ImageParameters.Read(order.Parameters);
        var fewer = asked with { NumInferenceSteps = Math.Max(1, (asked.NumInferenceSteps ?? UsualSteps) / 2) };
        return base.PaintAsync(order with { Parameters = fewer.ToElement() }, ct);
    }
}
