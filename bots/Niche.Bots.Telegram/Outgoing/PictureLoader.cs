using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
using Niche.Storage;

namespace Niche.Bots.Telegram.Outgoing;

/// <summary>Brings pictures out of our store.</summary>
public sealed class PictureLoader(IBlobStore blobs)
{
    internal async Task<IReadOnlyList<LoadedPicture>> LoadAsync(IReadOnlyList<Picture> pictures, CancellationToken ct)
    {
        List<LoadedPicture> loaded = [];
        foreach (Picture picture in pictures)
        {
            Blob blob = await blobs.GetAsync(picture.Container, picture.Name, ct).ConfigureAwait(false)
                ?? throw new PlatformException(PlatformFault.Gone, "A picture is no longer in our store.");
            loaded.Add(new LoadedPicture(picture, blob.Content));
        }

        return loaded;
    }
}
