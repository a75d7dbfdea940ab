using Niche.Inference.Diffusion;
using Niche.Inference.Embeddings;
using Niche.Inference.Images;

namespace Niche.GpuEndpoint.Models;

/// <summary>The two encoders behind <c>/features</c>.</summary>
/// <param name="Dual">Dual encoder.</param>
/// <param name="Vae">VAE encoder.</param>
public sealed record LoadedFeatures(DualEncoder Dual, VaeEncoder Vae) : IDisposable
{
    /// <summary>Both as one.</summary>
    public FeatureExtractor Extractor { get; } = new(Dual, Vae, new ImageLimits());

    /// <inheritdoc/>
    public void Dispose()
    {
        Dual.Dispose();
        Vae.Dispose();
    }
}
