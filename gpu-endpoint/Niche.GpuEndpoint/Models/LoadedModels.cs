using System.Collections.Frozen;
using Niche.Inference.Diffusion;
using Niche.Inference.Models;
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
    /// <summary>These and one more.</summary>
    /// <param name="name">Name of the model.</param>
    /// <param name="part">A pipeline, a generator or a feature extractor.</param>
    internal LoadedModels With(string name, IDisposable part) => part switch
    {
        DiffusionPipeline pipeline => this with { Images = Images.Append(new(name, pipeline)).ToFrozenDictionary() },
        TextGenerator generator => this with { Texts = Texts.Append(new(name, generator)).ToFrozenDictionary() },
        _ => this with { Features = (LoadedFeatures)part },
    };

    /// <summary>These without one, and that one.</summary>
    /// <param name="folder">The model.</param>
    internal (LoadedModels Others, IDisposable? Part) Without(ModelFolder folder)
    {
        var name = folder.Manifest.Name;
        return folder.Manifest.Kind switch
        {
            ModelKind.Image => (this with { Images = Images.Where(pair => pair.Key != name).ToFrozenDictionary() }, Images.GetValueOrDefault(name)),
            ModelKind.Text => (this with { Texts = Texts.Where(pair => pair.Key != name).ToFrozenDictionary() }, Texts.GetValueOrDefault(name)),
            _ => (this with { Features = null }, Features),
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var pipeline in Images.Values) pipeline.Dispose();
        foreach (var generator in Texts.Values) generator.Dispose();
        Features?.Dispose();
    }
}
