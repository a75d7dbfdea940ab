using Niche.Miner.Work;

namespace Niche.Attacks.Kinds;

/// <summary>Answers with old pictures. Only the very first requests are painted, because there is nothing to replay yet.</summary>
public sealed class Replay(IMinerWork work) : HonestWork(work)
{
    private volatile string? _kept;

    /// <inheritdoc/>
    public override async Task<string> PaintAsync(ImageOrder order, CancellationToken ct) =>
        _kept ??= await base.PaintAsync(order, ct);
}
