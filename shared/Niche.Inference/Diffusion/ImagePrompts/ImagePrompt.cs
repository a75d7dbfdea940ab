using Niche.Inference.Images;

namespace Niche.Inference.Diffusion.ImagePrompts;

/// <summary>A picture that speaks beside the words (Ye et al., "IP-Adapter", 2023).</summary>
/// <param name="Image">The picture, of any size; its middle square is seen.</param>
public sealed record ImagePrompt(RgbImage Image)
{
    /// <summary>How much it counts: 0 not at all, 1 as trained, up to 10. Models whose denoiser does not take a scale know 1 only.</summary>
    public double Scale { get; init; } = 1;
}
