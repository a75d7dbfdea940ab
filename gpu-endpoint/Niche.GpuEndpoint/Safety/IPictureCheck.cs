using Niche.Inference.Images;

namespace Niche.GpuEndpoint.Safety;

/// <summary>Looks at every picture before it leaves the endpoint. Register one to have it asked; without one every picture goes out.</summary>
public interface IPictureCheck
{
    /// <summary>Judges a picture.</summary>
    /// <param name="image">The finished picture.</param>
    /// <param name="cancellation">The client went away or its time is up.</param>
    Task<PictureVerdict> CheckAsync(RgbImage image, CancellationToken cancellation);
}
