using System.Collections.Concurrent;
using System.Collections.Frozen;
using Niche.Inference.Diffusion;
using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Models;

/// <summary>
/// The models of this endpoint: folders verified at construction, graphs loaded and warmed by <see cref="LoadAsync"/>; later ones come and go one by one
/// while the rest work on.
/// </summary>
public sealed class ModelStore : IDisposable
{
    private readonly EndpointOptions _options;
    private readonly ModelLoader _loader;
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, ModelProgress> _progress = new(StringComparer.Ordinal);
    private readonly ModelUses _uses = new();
    private volatile IReadOnlyList<ModelFolder> _folders;
    private volatile IReadOnlyList<ModelFolder> _served;
    private volatile LoadedModels? _loaded;
    private bool _disposed;

    /// <summary>Opens and hashes every model folder.</summary>
    /// <param name="options">Where the models lie, which kinds to serve, and a provider that was chosen.</param>
    /// <param name="time">Clock.</param>
    /// <exception cref="ModelFolderException">A folder is damaged; the error names the file.</exception>
    public ModelStore(EndpointOptions options, TimeProvider time)
    {
        (_options, _loader) = (options, new ModelLoader(new SessionSettings(options.Threads) { Provider = options.Provider }, time));
        if (!Directory.Exists(options.ModelsDirectory))
        {
            throw new ModelFolderException("models_missing", options.ModelsDirectory, "the folder of models does not exist; set --models");
        }
        _folders = [.. Directory.EnumerateDirectories(options.ModelsDirectory).Order(StringComparer.Ordinal).Select(path => ModelFolder.Open(path))];
        _served = [.. _folders.Where(folder => options.Only.Contains(folder.Manifest.Kind))];
        if (_folders.GroupBy(folder => folder.Manifest.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new ModelFolderException("model_exists", twice.Last().Root, $"its model is called {twice.Key}, as is that of {twice.First().Root}; names must differ");
        }
    }

    /// <summary>Models that requests may name.</summary>
    public IReadOnlyList<ModelFolder> Served => _served;

    /// <summary>True once every model that was there at the start has answered its warm-up.</summary>
    public bool Ready => _loaded is not null;

    /// <summary>Why the models did not load, if they did not.</summary>
    public ModelFolderException? Failure { get; set; }

    /// <summary>The loaded graphs, those of models that are leaving included.</summary>
    /// <exception cref="NotReadyException">Still loading.</exception>
    public LoadedModels Loaded => _loaded ?? throw new NotReadyException();

    /// <summary>A served model of a kind; the first one when the name is empty, null when there is none.</summary>
    /// <param name="kind">What it must make.</param>
    /// <param name="name">Name in the request.</param>
    public ModelFolder? Find(ModelKind kind, string name) =>
        _served.FirstOrDefault(folder => folder.Manifest.Kind == kind && (name.Length == 0 || folder.Manifest.Name == name));

    /// <summary>The digest of a model in memory, one that is leaving included.</summary>
    /// <param name="name">Name of the model.</param>
    /// <exception cref="ModelGoneException">Not in memory.</exception>
    public string DigestOf(string name) => _folders.FirstOrDefault(folder => folder.Manifest.Name == name)?.Digest ?? throw new ModelGoneException(name);

    /// <summary>The folder of a model in memory, one that is leaving included.</summary>
    /// <param name="name">Name of the model.</param>
    /// <exception cref="ModelGoneException">Not in memory.</exception>
    public ModelFolder FolderOf(string name) => _folders.FirstOrDefault(folder => folder.Manifest.Name == name) ?? throw new ModelGoneException(name);

    /// <summary>How far a model is that is being loaded; null for any other.</summary>
    /// <param name="name">Name of the model.</param>
    public ModelProgress? ProgressOf(string name) => _progress.GetValueOrDefault(name);

    /// <summary>Accepts work for a model: it stays in memory until the work has ended.</summary>
    /// <param name="name">Name of the model.</param>
    /// <exception cref="ModelGoneException">Not served, or not any more.</exception>
    public ModelUse Use(string name)
    {
        lock (_gate)
        {
            if (_served.All(folder => folder.Manifest.Name != name)) throw new ModelGoneException(name);
            return _uses.Add(name);
        }
    }

    /// <summary>Loads all served models side by side and runs each once.</summary>
    /// <param name="cancellation">Stops between models.</param>
    /// <exception cref="ModelFolderException">A graph does not load.</exception>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        var empty = new LoadedModels(FrozenDictionary<string, Inference.Diffusion.DiffusionPipeline>.Empty, FrozenDictionary<string, Inference.Text.TextGenerator>.Empty, null);
        var parts = await Task.WhenAll(_served.Select(folder => LoadAsync(folder, cancellation)));
        var loaded = parts.SelectMany(part => part).Aggregate(empty, (all, part) => all.With(part.Name, part.Part));
        cancellation.ThrowIfCancellationRequested();
        _loaded = loaded;
    }

    /// <summary>Loads one more model and serves it once it is warm.</summary>
    /// <param name="folder">A verified folder of a name that is not served.</param>
    /// <param name="cancellation">Stops between stages.</param>
    /// <exception cref="ModelFolderException">A graph does not load.</exception>
    /// <exception cref="ModelConflictException">Another model took its name meanwhile.</exception>
    internal async Task AddAsync(ModelFolder folder, CancellationToken cancellation)
    {
        var parts = await LoadAsync(folder, cancellation);
        lock (_gate)
        {
            if (!_disposed && _folders.All(other => other.Manifest.Name != folder.Manifest.Name))
            {
                _loaded = parts.Aggregate(Loaded, (all, part) => all.With(part.Name, part.Part));
                (_folders, _served) = ([.. _folders, folder], [.. _served, folder]);
                return;
            }
        }
        foreach (var (_, part) in parts) part.Dispose();
        throw new ModelConflictException($"A model called {folder.Manifest.Name} is served already.");
    }

    /// <summary>Serves a model no more; the task ends when the work that was accepted for it has ended and its memory is free.</summary>
    /// <param name="name">Name of the model.</param>
    /// <exception cref="ModelGoneException">Not served.</exception>
    internal async Task RemoveAsync(string name)
    {
        ModelFolder folder;
        lock (_gate)
        {
            folder = _served.FirstOrDefault(one => one.Manifest.Name == name) ?? throw new ModelGoneException(name);
            _served = [.. _served.Where(one => one != folder)];
        }
        await _uses.IdleAsync(name);
        IDisposable? part;
        lock (_gate)
        {
            if (_disposed) return;
            (_loaded, part) = Loaded.Without(folder);
            _folders = [.. _folders.Where(one => one != folder)];
        }
        part?.Dispose();
        FreedMemory.Return();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
        }
        _loaded?.Dispose();
    }

    internal void Progress(string name, ModelProgress? progress)
    {
        if (progress is null) _progress.TryRemove(name, out _);
        else _progress[name] = progress;
    }

    private async Task<IReadOnlyList<(string Name, IDisposable Part)>> LoadAsync(ModelFolder folder, CancellationToken cancellation)
    {
        var name = folder.Manifest.Name;
        void Report(ModelProgress progress) => Progress(name, progress);
        try
        {
            switch (folder.Manifest.Kind)
            {
                case ModelKind.Text when folder.Manifest.PassThrough is not null:
                    return [];
                case ModelKind.Text:
                    return [(name, await _loader.TextAsync(folder, Report, cancellation))];
                case ModelKind.Image:
                    var pipeline = await _loader.ImageAsync(folder, Report, cancellation);
                    return [(name, pipeline), .. await FeaturesAsync(Find(ModelKind.Embedding, ""), _loaded is null ? null : folder, Report, cancellation)];
                default:
                    return await FeaturesAsync(_loaded is not null || folder == Find(ModelKind.Embedding, "") ? folder : null,
                        _folders.FirstOrDefault(other => other.Manifest.Kind == ModelKind.Image && other.Has(VaeEncoder.File)), Report, cancellation);
            }
        }
        finally
        {
            Progress(name, null);
        }
    }

    // One extractor: whichever half comes second brings it.
    private async Task<IReadOnlyList<(string Name, IDisposable Part)>> FeaturesAsync(
        ModelFolder? dual, ModelFolder? image, Action<ModelProgress> report, CancellationToken cancellation) =>
        dual is null || image?.Has(VaeEncoder.File) != true || _loaded?.Features is not null ? [] : [(dual.Manifest.Name, await _loader.FeaturesAsync(dual, image, report, cancellation))];
}
