using Niche.Attacks.Pictures;
using Niche.Miner.Work;

namespace Niche.Attacks.Kinds;

/// <summary>A valid PNG of a hundred kilobytes whose pixels fill gigabytes.</summary>
public sealed class Bomb(IMinerWork work) : HonestWork(work)
{
    private const int Side = 30_000;
    private readonly Lazy<string> _file = new(() => PngFile.BlackBits(Side, Side));

    /// <inheritdoc/>
    public override Task<string> PaintAsync(ImageOrder order, CancellationToken ct) => Task.FromResult(_file.Value);
}
