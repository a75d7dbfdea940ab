namespace Niche.GpuEndpoint.Engines;

/// <summary>Makes pictures. Registered as a singleton: replace or decorate it to serve pictures from elsewhere.</summary>
public interface IImageEngine
{
    /// <summary>Makes one picture; the caller holds a turn of the image lane.</summary>
    /// <param name="job">A checked job.</param>
    /// <param name="cancellation">The client went away or its time is up.</param>
    Task<GeneratedImage> GenerateAsync(ImageJob job, CancellationToken cancellation);

    /// <summary>
    /// Makes pictures of one model, size and number of steps that share a turn, and ends every share as soon as it can. Unless an engine knows better it
    /// makes them one after the other, so that who decorates single pictures decorates all.
    /// </summary>
    /// <param name="shares">Two pictures or more.</param>
    async Task GenerateAsync(IReadOnlyList<ImageShare> shares)
    {
        foreach (var share in shares)
        {
            try
            {
                share.Complete(await GenerateAsync(share.Job, share.Cancellation));
            }
            // Of this picture alone: whoever waits for it learns of it, and the next one has its turn.
            catch (Exception e)
            {
                share.Fail(e);
            }
        }
    }
}
