using System.Text.Json;
using Niche.Miner.Work;
using Niche.Subnet.Synapses;

namespace Niche.Attacks.Kinds;

/// <summary>Success with nothing in it, as the stock miner answers when its endpoint fails.</summary>
public sealed class Liar(IMinerWork work) : HonestWork(work)
{
    /// <inheritdoc/>
    public override Task<string> PaintAsync(ImageOrder order, CancellationToken ct) => Task.FromResult("");

    /// <inheritdoc/>
    public override Task<JsonElement> WriteAsync(TextOrder order, CancellationToken ct) => Task.FromResult(JsonObjects.Empty);

    /// <inheritdoc/>
    public override IAsyncEnumerable<string> StreamAsync(TextOrder order, CancellationToken ct) => AsyncEnumerable.Empty<string>();
}
