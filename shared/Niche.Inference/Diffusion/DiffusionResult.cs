using Niche.Inference.Images;

namespace Niche.Inference.Diffusion;

/// <summary>A painted picture.</summary>
/// <param name="Image">The pixels.</param>
/// <param name="Latents">Final latents [channels, height / 8, width / 8], as the denoiser left them (unit variance).</param>
/// <param name="Timings">Where the time went.</param>
public sealed record DiffusionResult(RgbImage Image, float[] Latents, DiffusionTimings Timings)
{
    /// <summary>Whether numbers left the range of half precision on the way, so that the picture was painted again in single precision.</summary>
    public bool Recovered { get; init; }
}
