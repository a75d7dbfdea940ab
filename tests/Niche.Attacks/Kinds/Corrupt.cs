using Niche.Attacks.Pictures;
using Niche.Miner.Work;
using Niche.Subnet.Synapses;

namespace Niche.Attacks.Kinds;

/// <summary>The right header before pixel data that can not be unpacked.</summary>
public sealed class Corrupt(IMinerWork work) : HonestWork(work)
{
    /// <inheritdoc/>
    public override Task<string> PaintAsync(ImageOrder order, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(order);
        var asked = ImageParameters.Read(order.Parameters);
        var noise = new byte[2048];
        new Random((int)(order.Seed & int.MaxValue)).NextBytes(noise);
        return Task.FromResult(PngFile.WithData(asked.Width ?? 128, asked.Height ?? 128, bitDepth: 8, noise));
    }
}
