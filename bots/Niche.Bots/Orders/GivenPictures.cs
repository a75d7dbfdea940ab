using Niche.Storage;
using Niche.Storage.Jobs;

namespace Niche.Bots.Orders;

/// <summary>The pictures that orders started from, for their relatives.</summary>
public sealed class GivenPictures(IBlobStore blobs)
{
    /// <summary>Reads the picture of an order.</summary>
    /// <returns>The file, null when the order started from words; and whether it started from a picture that is no longer kept.</returns>
    public async Task<(byte[]? File, bool Lost)> ReadAsync(Order order, CancellationToken ct)
    {
        if (order.Request.Picture is null) return (null, false);
        Blob? given = await blobs.GetAsync(WorkNames.Images, WorkNames.GivenPicture(order.JobId), ct).ConfigureAwait(false);
        return (given?.Content.ToArray(), given is null);
    }
}
