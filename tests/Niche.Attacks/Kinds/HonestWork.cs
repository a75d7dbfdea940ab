using System.Text.Json;
using Niche.Miner.Work;

namespace Niche.Attacks.Kinds;

/// <summary>Honest in everything; a cheat overrides what it cheats in.</summary>
public abstract class HonestWork(IMinerWork work) : IMinerWork
{
    /// <inheritdoc/>
    public virtual Task<string> PaintAsync(ImageOrder order, CancellationToken ct) => work.PaintAsync(order, ct);

    /// <inheritdoc/>
    public virtual Task<JsonElement> WriteAsync(TextOrder order, CancellationToken ct) => work.WriteAsync(order, ct);

    /// <inheritdoc/>
    public virtual IAsyncEnumerable<string> StreamAsync(TextOrder order, CancellationToken ct) => work.StreamAsync(order, ct);
}
