using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Models;

/// <summary>
/// Looks into the folder of models from time to time: a new model comes once its files have stopped changing, one whose folder is gone goes. Looking
/// works on every file system, where being told does not.
/// </summary>
internal sealed partial class ModelWatch(ModelStore store, ModelChanges changes, EndpointOptions options, TimeProvider time, ILogger<ModelWatch> log) : BackgroundService
{
    private readonly Dictionary<string, string> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _tried = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Watch <= TimeSpan.Zero) return;
        using var timer = new PeriodicTimer(options.Watch, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (store.Ready) Look();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Ends();
        }
    }

    private void Look()
    {
        try
        {
            foreach (var folder in store.Served.Where(one => IsHere(one.Root) && !Directory.Exists(one.Root)).ToArray()) Try(() => changes.Remove(folder.Manifest.Name), folder.Root);
            var known = store.Served.Select(folder => folder.Root).Concat(changes.Pending.Where(change => change.Status != ModelChange.Failed).Select(change => change.Root)).ToHashSet(StringComparer.Ordinal);
            foreach (var path in Directory.EnumerateDirectories(Path.GetFullPath(options.ModelsDirectory)).Where(path => !known.Contains(path) && File.Exists(Path.Combine(path, "model.json"))))
            {
                var now = Fingerprint(path);
                var still = _seen.GetValueOrDefault(path) == now;
                _seen[path] = now;
                // One that failed is tried again when it has changed, not before.
                if (!still || _tried.GetValueOrDefault(path) == now) continue;
                _tried[path] = now;
                Try(() => changes.Add(path), path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Unreadable(e, options.ModelsDirectory);
        }
    }

    private bool IsHere(string root) => Path.GetDirectoryName(root) == Path.GetFullPath(options.ModelsDirectory).TrimEnd(Path.DirectorySeparatorChar);

    private void Try(Action change, string path)
    {
        try
        {
            change();
        }
        catch (Exception e) when (e is ModelFolderException or ModelConflictException or ModelGoneException)
        {
            Refused(path, e.Message);
        }
    }

    private static string Fingerprint(string path)
    {
        var files = new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).ToArray();
        return $"{files.Length} {files.Sum(file => file.Length)} {files.Max(file => file.LastWriteTimeUtc.Ticks)}";
    }

    [LoggerMessage(LogLevel.Warning, "{Folder} is not taken: {Reason}")]
    private partial void Refused(string folder, string reason);

    [LoggerMessage(LogLevel.Warning, "{Folder} can not be read")]
    private partial void Unreadable(Exception error, string folder);

    [LoggerMessage(LogLevel.Debug, "Looks no more")]
    private partial void Ends();
}
