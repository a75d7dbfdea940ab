using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Models;

/// <summary>
/// Brings models in and takes them out while the endpoint serves. A model comes in one at a time, in the background: checked, loaded, warmed, and only
/// then served. One that goes gets no new work, ends what it has accepted and leaves the memory.
/// </summary>
internal sealed partial class ModelChanges(ModelStore store, EndpointOptions options, IHostApplicationLifetime lifetime, ILogger<ModelChanges> log) : IDisposable
{
    private const int MostPending = 32;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _one = new(1);
    private readonly Dictionary<string, ModelChange> _pending = new(StringComparer.Ordinal);

    /// <summary>Models on their way, and those that failed to come.</summary>
    public IReadOnlyList<ModelChange> Pending
    {
        get { lock (_gate) return [.. _pending.Values.OrderBy(change => change.Name, StringComparer.Ordinal)]; }
    }

    /// <summary>Begins to bring a model in.</summary>
    /// <param name="path">Its folder.</param>
    /// <returns>The change, and a task that ends with it.</returns>
    /// <exception cref="ModelFolderException">The folder is none of a model.</exception>
    /// <exception cref="ModelConflictException">The name is taken, its kind is not served here, or too much is on its way.</exception>
    /// <exception cref="NotReadyException">The models of the start are still loading.</exception>
    public (ModelChange Change, Task Done) Add(string path)
    {
        var (manifest, bytes) = ModelFolder.Peek(path);
        _ = store.Loaded;
        if (!options.Only.Contains(manifest.Kind)) throw new ModelConflictException($"This endpoint serves no models of kind {manifest.Kind}; see --only.");
        var change = new ModelChange(manifest.Name, Path.GetFullPath(path), ModelChange.Loading);
        lock (_gate)
        {
            if (store.Served.Any(folder => folder.Manifest.Name == manifest.Name)) throw new ModelConflictException($"A model called {manifest.Name} is served already; remove it first.");
            if (_pending.TryGetValue(manifest.Name, out var known) && known.Status != ModelChange.Failed)
                throw new ModelConflictException($"The model {manifest.Name} is {known.Status}.");
            if (_pending.Count >= MostPending && known is null) throw new ModelConflictException($"{MostPending} models are on their way or have failed; remove some.");
            _pending[manifest.Name] = change;
        }
        return (change, Task.Run(() => AddAsync(change, bytes, lifetime.ApplicationStopping)));
    }

    /// <summary>Begins to take a model out, or forgets one that failed to come.</summary>
    /// <returns>The change, null for one that failed; and a task that ends with it.</returns>
    /// <exception cref="ModelGoneException">Neither served nor failed.</exception>
    /// <exception cref="ModelConflictException">It is on its way in or out.</exception>
    public (ModelChange? Change, Task Done) Remove(string name)
    {
        lock (_gate)
        {
            if (_pending.TryGetValue(name, out var known))
            {
                if (known.Status != ModelChange.Failed) throw new ModelConflictException($"The model {name} is {known.Status}.");
                _pending.Remove(name);
                return (null, Task.CompletedTask);
            }
            if (store.Served.FirstOrDefault(one => one.Manifest.Name == name) is not { } folder) throw new ModelGoneException(name);
            var change = _pending[name] = new ModelChange(name, folder.Root, ModelChange.Leaving);
            return (change, Task.Run(() => RemoveAsync(change)));
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task AddAsync(ModelChange change, long bytes, CancellationToken stopping)
    {
        try
        {
            await _one.WaitAsync(stopping);
            try
            {
                var folder = ModelFolder.Open(change.Root, done =>
                {
                    stopping.ThrowIfCancellationRequested();
                    store.Progress(change.Name, new ModelProgress("hashing", done, bytes));
                });
                if (folder.Manifest.Name != change.Name) throw new ModelFolderException("file_changed", change.Root, "the manifest changed while it was read");
                await store.AddAsync(folder, stopping);
            }
            finally
            {
                _one.Release();
            }
            Came(change.Name, change.Root);
            lock (_gate) _pending.Remove(change.Name);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            Stopped(change.Name);
        }
        // Nobody is above this task, and a model that does not load must not take those along that work.
        catch (Exception e)
        {
            var error = e as ModelFolderException ?? new ModelFolderException("load_failed", change.Root, e.Message, e);
            Failed(e, change.Name, error.Code);
            lock (_gate) _pending[change.Name] = change with { Status = ModelChange.Failed, Error = error };
        }
        finally
        {
            store.Progress(change.Name, null);
        }
    }

    private async Task RemoveAsync(ModelChange change)
    {
        await store.RemoveAsync(change.Name);
        lock (_gate) _pending.Remove(change.Name);
        Left(change.Name);
    }

    [LoggerMessage(LogLevel.Information, "The model {Model} of {Folder} came")]
    private partial void Came(string model, string folder);

    [LoggerMessage(LogLevel.Information, "The model {Model} left")]
    private partial void Left(string model);

    [LoggerMessage(LogLevel.Information, "Stopped while {Model} was loading")]
    private partial void Stopped(string model);

    [LoggerMessage(LogLevel.Error, "The model {Model} does not come ({Code})")]
    private partial void Failed(Exception error, string model, string code);
}
