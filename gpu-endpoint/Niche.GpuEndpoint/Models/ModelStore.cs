using System.Collections.Frozen;
using Niche.Inference.Diffusion;
using Niche.Inference.Embeddings;
using Niche.Inference.Images;
using Niche.Inference.Models;
using Niche.Inference.Text;

namespace Niche.GpuEndpoint.Models;

/// <summary>The models of this endpoint: folders verified at construction, graphs loaded and warmed by <see cref="LoadAsync"/>.</summary>
public sealed class ModelStore : IDisposable
{
    private readonly EndpointOptions _options;
    private readonly SessionSettings _settings;
    private readonly TimeProvider _time;
    private readonly ModelFolder[] _folders;
    private volatile LoadedModels? _loaded;

    /// <summary>Opens and hashes every model folder.</summary>
    /// <param name="options">Where the models lie, which kinds to serve, and a provider that was chosen.</param>
    /// <param name="time">Clock.</param>
    /// <exception cref="ModelFolderException">A folder is damaged; the error names the file.</exception>
    public ModelStore(EndpointOptions options, TimeProvider time)
    {
        (_options, _time, _settings) = (options, time, new SessionSettings(options.Threads) { Provider = options.Provider });
        if (!Directory.Exists(options.ModelsDirectory))
        {
            throw new ModelFolderException("models_missing", options.ModelsDirectory, "the folder of models does not exist; set --models");
        }
        _folders = [.. Directory.EnumerateDirectories(options.ModelsDirectory).Order(StringComparer.Ordinal).Select(ModelFolder.Open)];
        Served = [.. _folders.Where(folder => options.Only.Contains(folder.Manifest.Kind))];
    }

    /// <summary>Models that requests may name.</summary>
    public IReadOnlyList<ModelFolder> Served { get; }

    /// <summary>True once every served model has answered its warm-up.</summary>
    public bool Ready => _loaded is not null;

    /// <summary>Why the models did not load, if they did not.</summary>
    public ModelFolderException? Failure { get; set; }

    /// <summary>The loaded graphs.</summary>
    /// <exception cref="NotReadyException">Still loading.</exception>
    public LoadedModels Loaded => _loaded ?? throw new NotReadyException();

    /// <summary>A served model of a kind; the first one when the name is empty, null when there is none.</summary>
    /// <param name="kind">What it must make.</param>
    /// <param name="name">Name in the request.</param>
    public ModelFolder? Find(ModelKind kind, string name) =>
        Served.FirstOrDefault(folder => folder.Manifest.Kind == kind && (name.Length == 0 || folder.Manifest.Name == name));

    /// <summary>Loads all served models side by side and runs each once, because first runs are slow.</summary>
    /// <param name="cancellation">Stops between models.</param>
    /// <exception cref="ModelFolderException">A graph does not load.</exception>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        var images = Task.WhenAll(Of(ModelKind.Image).Select(LoadImageAsync));
        var texts = Task.WhenAll(Of(ModelKind.Text).Select(LoadTextAsync));
        var features = LoadFeaturesAsync();
        var loaded = new LoadedModels(
            (await images).ToFrozenDictionary(p => p.Key, p => p.Value),
            (await texts).ToFrozenDictionary(p => p.Key, p => p.Value),
            await features);
        cancellation.ThrowIfCancellationRequested();
        _loaded = loaded;
    }

    /// <inheritdoc/>
    public void Dispose() => _loaded?.Dispose();

    private IEnumerable<ModelFolder> Of(ModelKind kind) => Served.Where(folder => folder.Manifest.Kind == kind);

    private async Task<KeyValuePair<string, DiffusionPipeline>> LoadImageAsync(ModelFolder folder)
    {
        var pipeline = await DiffusionPipeline.LoadAsync(folder, _settings, _time);
        foreach (var (width, height) in folder.Manifest.Sizes)
        {
            await Task.Run(() => ImageFile.EncodePng(
                pipeline.Generate(new DiffusionRequest("", "", 0, 1, 4, width, height), null, CancellationToken.None).Image));
        }
        return new(folder.Manifest.Name, pipeline);
    }

    private Task<KeyValuePair<string, TextGenerator>> LoadTextAsync(ModelFolder folder) => Task.Run(() =>
    {
        var generator = TextGenerator.Load(folder, _settings, _time);
        generator.Complete(new TextRequest { Prompt = "a", MaxTokens = 2 }, CancellationToken.None);
        return new KeyValuePair<string, TextGenerator>(folder.Manifest.Name, generator);
    });

    // Features take the encoder half of an image model: its folder must be there, but need not be served.
    private async Task<LoadedFeatures?> LoadFeaturesAsync()
    {
        var dualFolder = Find(ModelKind.Embedding, "");
        var imageFolder = _folders.FirstOrDefault(folder => folder.Manifest.Kind == ModelKind.Image);
        if (dualFolder is null || imageFolder is null) return null;
        var vae = Task.Run(() => VaeEncoder.Load(imageFolder, _settings, _time));
        var features = new LoadedFeatures(await DualEncoder.LoadAsync(dualFolder, _settings, _time), await vae);
        var black = new RgbImage(128, 128, new byte[128 * 128 * 3]);
        await Task.Run(() => features.Extractor.TextSimilarity(
            features.Extractor.Extract(ImageFileFormat.Png, black, CancellationToken.None), "a", CancellationToken.None));
        return features;
    }
}
