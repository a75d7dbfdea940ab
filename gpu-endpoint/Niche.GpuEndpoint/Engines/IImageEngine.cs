namespace Niche.GpuEndpoint.Engines;

/// <summary>Makes pictures. Registered as a singleton: replace or decorate it to serve pictures from elsewhere.</summary>
public interface IImageEngine
{
    /// <summary>Makes one picture; the caller holds a turn of the image lane.</summary>
    /// <param name="job">A checked job.</param>
    /// <param name="cancellation">The client went away or its time is up.</param>
    Task<GeneratedImage> GenerateAsync(ImageJob job, CancellationToken cancellation);
}
