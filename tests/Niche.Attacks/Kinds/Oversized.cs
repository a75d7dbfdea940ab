using Niche.Miner.Work;

namespace Niche.Attacks.Kinds;

/// <summary>64 MB of base64.</summary>
public sealed class Oversized(IMinerWork work) : HonestWork(work)
{
    private const int Characters = 64 << 20;

    /// <inheritdoc/>
    public override Task<string> PaintAsync(ImageOrder order, CancellationToken ct) => Task.FromResult(new string('A', Characters));
}
