using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Niche.Miner.Work;

namespace Niche.Attacks.Kinds;

/// <summary>Never answers; ends only when the caller goes away.</summary>
public sealed class Silent(IMinerWork work, TimeProvider time) : HonestWork(work)
{
    /// <inheritdoc/>
    public override Task<string> PaintAsync(ImageOrder order, CancellationToken ct) => NeverAsync<string>(ct);

    /// <inheritdoc/>
    public override Task<JsonElement> WriteAsync(TextOrder order, CancellationToken ct) => NeverAsync<JsonElement>(ct);

    /// <inheritdoc/>
    public override async IAsyncEnumerable<string> StreamAsync(TextOrder order, [EnumeratorCancellation] CancellationToken ct)
    {
        yield return await NeverAsync<string>(ct);
    }

    private async Task<T> NeverAsync<T>(CancellationToken ct)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, time, ct);
        throw new UnreachableException();
    }
}
