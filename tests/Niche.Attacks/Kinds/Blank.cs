using Niche.Attacks.Pictures;
using Niche.Miner.Work;
using Niche.Subnet.Synapses;

namespace Niche.Attacks.Kinds;

/// <summary>One colour in the right size.</summary>
public sealed class Blank(IMinerWork work) : HonestWork(work)
{
    /// <inheritdoc/>
    public override Task<string> PaintAsync(ImageOrder order, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(order);
        var asked = ImageParameters.Read(order.Parameters);
        return Task.FromResult(PngFile.Gray(asked.Width ?? 128, asked.Height ?? 128, (_, _) => 0x7f));
    }
}
