using System.Runtime.CompilerServices;
using System.Text.Json;
using Niche.Miner.Work;
using Niche.Subnet.Verification;

namespace Niche.Attacks.Kinds;

/// <summary>The same sentence for everybody.</summary>
public sealed class TextCanned(IMinerWork work) : HonestWork(work)
{
    private const string Sentence = " As a language model I am happy to help with that.";

    /// <inheritdoc/>
    public override Task<JsonElement> WriteAsync(TextOrder order, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(order);
        return Task.FromResult(new TextAnswer(Sentence, [], "stop").ToElement(order.Model));
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<string> StreamAsync(TextOrder order, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.Yield();
        yield return Sentence;
    }
}
