using System.Collections.Concurrent;
using Niche.Subnet.Verification;
using Niche.Validator.Trusted;

namespace Niche.Validator.Judging;

/// <summary>
/// References by recipe. Each is made once even if several ask at the same time, and kept for the retries of a message; seeds are not used
/// twice, so that there is nothing to gain from keeping many.
/// </summary>
public sealed class ReferenceCache(TrustedEndpoint trusted)
{
    private const int Capacity = 256;
    private readonly ConcurrentDictionary<ImageRecipe, Lazy<Task<Reference>>> _references = new();
    private readonly ConcurrentQueue<ImageRecipe> _order = new();

    /// <summary>The reference of a recipe.</summary>
    public async Task<Reference> GetAsync(ImageRecipe recipe, CancellationToken ct)
    {
        // The making is nobody's own: it goes on when the first who asked gives up.
        Lazy<Task<Reference>> reference = _references.GetOrAdd(recipe, key =>
        {
            _order.Enqueue(key);
            return new Lazy<Task<Reference>>(() => MakeAsync(key));
        });
        Trim();
        try
        {
            return await reference.Value.WaitAsync(ct).ConfigureAwait(false);
        }
        catch (TrustedEndpointException)
        {
            _references.TryRemove(recipe, out _);
            throw;
        }
    }

    private async Task<Reference> MakeAsync(ImageRecipe recipe)
    {
        TrustedImage image = await trusted.PaintAsync(recipe, CancellationToken.None).ConfigureAwait(false);
        ImageFeatures features = await trusted.ReadFeaturesAsync(image.Bytes, null, CancellationToken.None).ConfigureAwait(false)
            ?? throw new TrustedEndpointException("The reference endpoint cannot decode its own picture.");
        return new Reference(features, image.ModelDigest);
    }

    private void Trim()
    {
        // Counted by the order and not by the entries: one that failed and was made again stands in it twice.
        while (_order.Count > Capacity && _order.TryDequeue(out ImageRecipe? oldest)) _references.TryRemove(oldest, out _);
    }
}
