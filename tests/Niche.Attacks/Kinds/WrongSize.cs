using Niche.Attacks.Pictures;
using Niche.Miner.Work;
using Niche.Subnet.Synapses;

namespace Niche.Attacks.Kinds;

/// <summary>A picture of half the size.</summary>
public sealed class WrongSize(IMinerWork work) : HonestWork(work)
{
    /// <inheritdoc/>
    public override Task<string> PaintAsync(ImageOrder order, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(order);
        var asked = ImageParameters.Read(order.Parameters);
        return Task.FromResult(PngFile.Gray(
            Math.Max(1, (asked.Width ?? 128) / 2), Math.Max(1, (asked.Height ?? 128) / 2), (x, y) => (byte)((x * 3) ^ (y * 5))));
    }
}
