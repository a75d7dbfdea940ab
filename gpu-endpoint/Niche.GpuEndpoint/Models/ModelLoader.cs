using Niche.Inference.Diffusion;
using Niche.Inference.Embeddings;
using Niche.Inference.Images;
using Niche.Inference.Models;
using Niche.Inference.Text;

namespace Niche.GpuEndpoint.Models;

/// <summary>Loads verified folders and runs each model once, because first runs are slow.</summary>
internal sealed class ModelLoader(SessionSettings settings, TimeProvider time)
{
    /// <summary>An image model, warm in each of its sizes.</summary>
    /// <exception cref="ModelFolderException">A graph does not load, or not run.</exception>
    public async Task<DiffusionPipeline> ImageAsync(ModelFolder folder, Action<ModelProgress> report, CancellationToken cancellation)
    {
        if (folder.Manifest.Sizes.Count == 0) throw new ModelFolderException("manifest_invalid", Path.Combine(folder.Root, "model.json"), "an image model needs at least one of sizes");
        report(new ModelProgress("loading", 0, 0));
        var pipeline = await DiffusionPipeline.LoadAsync(folder, settings, time);
        try
        {
            if (folder.Manifest.Pipelines.Except(pipeline.Pipelines).ToArray() is [_, ..] missing)
                throw new ModelFolderException("manifest_invalid", folder.PathOf("model_index.json"),
                    $"model.json promises {string.Join(", ", missing)}, but the folder's graphs can do {string.Join(", ", pipeline.Pipelines)}");
            var sizes = folder.Manifest.Sizes;
            for (var i = 0; i < sizes.Count; i++)
            {
                report(new ModelProgress("warming", i, sizes.Count));
                var (width, height) = sizes[i];
                await Task.Run(() => ImageFile.EncodePng(pipeline.WarmUp(width, height, cancellation)), cancellation);
            }
            return pipeline;
        }
        catch (Exception e)
        {
            pipeline.Dispose();
            throw Cold(folder, e);
        }
    }

    /// <summary>A text model.</summary>
    /// <exception cref="ModelFolderException">A graph does not load, or not run.</exception>
    public Task<TextGenerator> TextAsync(ModelFolder folder, Action<ModelProgress> report, CancellationToken cancellation) => Task.Run(() =>
    {
        report(new ModelProgress("loading", 0, 0));
        var generator = TextGenerator.Load(folder, settings, time);
        try
        {
            report(new ModelProgress("warming", 0, 1));
            generator.Complete(new TextRequest { Prompt = "a", MaxTokens = 2 }, cancellation);
            return generator;
        }
        catch (Exception e)
        {
            generator.Dispose();
            throw Cold(folder, e);
        }
    }, cancellation);

    /// <summary>The feature extractor: a dual encoder, and the encoder half of an image model, which need not be served.</summary>
    /// <exception cref="ModelFolderException">A graph does not load, or not run.</exception>
    public async Task<LoadedFeatures> FeaturesAsync(ModelFolder dual, ModelFolder image, Action<ModelProgress> report, CancellationToken cancellation)
    {
        report(new ModelProgress("loading", 0, 0));
        var vae = Task.Run(() => VaeEncoder.Load(image, settings, time), cancellation);
        var features = new LoadedFeatures(await DualEncoder.LoadAsync(dual, settings, time), await vae);
        report(new ModelProgress("warming", 0, 1));
        var black = new RgbImage(128, 128, new byte[128 * 128 * 3]);
        try
        {
            await Task.Run(() => features.Extractor.TextSimilarity(features.Extractor.Extract(ImageFileFormat.Png, black, cancellation), "a", cancellation), cancellation);
            return features;
        }
        catch (Exception e)
        {
            features.Dispose();
            throw Cold(dual, e);
        }
    }

    // Graphs that load may still not fit one another, or the memory: whatever the first run says is said of the folder.
    private static Exception Cold(ModelFolder folder, Exception error) => error is OperationCanceledException or ModelFolderException
        ? error
        : new ModelFolderException("warm_up_failed", folder.Root, $"the model loads but its first run fails: {error.Message}", error);
}
