namespace Niche.Inference.Diffusion;

/// <summary>One picture to paint from a prompt.</summary>
/// <param name="Prompt">What to paint.</param>
/// <param name="NegativePrompt">What guidance moves away from; usually empty.</param>
/// <param name="Seed">Seed of the first latents, 0 to 2^32 - 1.</param>
/// <param name="Steps">Denoising steps.</param>
/// <param name="Guidance">Classifier-free guidance (Ho and Salimans, 2022); 1 switches it off.</param>
/// <param name="Width">Pixels, a multiple of 8.</param>
/// <param name="Height">Pixels, a multiple of 8.</param>
/// <param name="PreviewEvery">Decode a preview for the progress callback every so many steps; 0 for none.</param>
public sealed record DiffusionRequest(
    string Prompt, string NegativePrompt, uint Seed, int Steps, double Guidance, int Width, int Height, int PreviewEvery = 0);
