using Niche.Inference.Images;

namespace Niche.Inference.Diffusion;

/// <summary>A finished denoising step.</summary>
/// <param name="Step">Steps done, from 1.</param>
/// <param name="Total">Steps in all.</param>
/// <param name="Preview">The picture so far, on the steps that the request asked for.</param>
public readonly record struct DiffusionProgress(int Step, int Total, RgbImage? Preview);
