using Niche.Inference.Diffusion;
using Niche.Inference.Text;

namespace Niche.GpuEndpoint.Models;

/// <summary>Graphs in memory.</summary>
/// <param name="Images">Image models by name.</param>
/// <param name="Texts">Text models by name.</param>
/// <param name="Features">The feature extractor, unless embeddings are not served.</param>
public sealed record LoadedModels(
    IReadOnlyDictionary<string, DiffusionPipeline> Images,
    IReadOnlyDictionary<string, TextGenerator> Texts,
    LoadedFeatures? Features) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var pipeline in Images.Values) pipeline.Dispose();
        foreach (var generator in Texts.Values) generator.Dispose();
        Features?.Dispose();
    }
}
