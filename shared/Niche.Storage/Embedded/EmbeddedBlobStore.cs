using System.Runtime.CompilerServices;

namespace Niche.Storage.Embedded;

/// <summary>Blobs as files, written aside and renamed into place: whoever reads sees one whole version.</summary>
internal sealed class EmbeddedBlobStore : IBlobStore
{
    private static readonly TimeSpan s_staleAfter = TimeSpan.FromDays(1);

    private readonly string _root;
    private readonly string _aside;
    private readonly bool _flush;
    private readonly TimeProvider _time;

    public EmbeddedBlobStore(string root, Durability durability, TimeProvider time)
    {
        _root = root;
        _flush = durability == Durability.Full;
        _time = time;

        // No container can have this name, and a rename within one file system is atomic.
        _aside = Directory.CreateDirectory(Path.Combine(root, ".aside")).FullName;
        RemoveStale();
    }

    public async Task PutAsync(string container, string name, ReadOnlyMemory<byte> content, string contentType, CancellationToken ct)
    {
        StorageLimits.CheckBlob(content.Length, contentType);
        var path = PathOf(container, name);
        var aside = NewAside();
        await GuardAsync(name, async () =>
        {
            try
            {
                await BlobFile.WriteAsync(aside, content, contentType, _time.GetUtcNow(), _flush, ct).ConfigureAwait(false);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.Move(aside, path, overwrite: true);
                return true;
            }
            finally
            {
                File.Delete(aside);
            }
        }).ConfigureAwait(false);
    }

    public async Task<Blob?> GetAsync(string container, string name, CancellationToken ct)
    {
        var path = PathOf(container, name);
        return await IfPresentAsync(name, () => BlobFile.ReadAsync(path, name, ct)).ConfigureAwait(false);
    }

    public Task<bool> ExistsAsync(string container, string name, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return Task.FromResult(File.Exists(PathOf(container, name)));
    }

    public async Task<bool> DeleteAsync(string container, string name, CancellationToken ct)
    {
        var path = PathOf(container, name);
        ct.ThrowIfCancellationRequested();
        return await IfPresentAsync(name, () =>
        {
            // A rename has one winner; File.Delete would tell every rival that it was the one.
            var aside = NewAside();
            File.Move(path, aside);
            File.Delete(aside);
            return Task.FromResult(true);
        }).ConfigureAwait(false);
    }

    public IAsyncEnumerable<BlobInfo> ListAsync(string container, string? prefix, CancellationToken ct)
    {
        StorageNames.CheckContainer(container);
        StorageNames.CheckBlobPrefix(prefix ?? "");
        return ListFilesAsync(Path.Combine(_root, container), prefix ?? "", ct);
    }

    private static async IAsyncEnumerable<BlobInfo> ListFilesAsync(string folder, string prefix, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var name in NamesUnder(folder, prefix))
        {
            // Null when it was deleted since the folder was read.
            var info = await IfPresentAsync(name, () => BlobFile.ReadInfoAsync(BlobPaths.ToPath(folder, name), name, ct)).ConfigureAwait(false);
            if (info is not null)
                yield return info;
        }
    }

    private static List<string> NamesUnder(string folder, string prefix)
    {
        var names = new List<string>();
        var start = BlobPaths.PrefixFolder(folder, prefix);
        if (!Directory.Exists(start))
            return names;
        foreach (var path in Directory.EnumerateFiles(start, "*", SearchOption.AllDirectories))
        {
            if (BlobPaths.ToName(folder, path) is { } name && name.StartsWith(prefix, StringComparison.Ordinal))
                names.Add(name);
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }

    private string PathOf(string container, string name)
    {
        StorageNames.CheckContainer(container);
        StorageNames.CheckBlob(name);
        return BlobPaths.ToPath(Path.Combine(_root, container), name);
    }

    private string NewAside() => Path.Combine(_aside, Guid.NewGuid().ToString("N"));

    /// <summary>Files that a killed process left half written.</summary>
    private void RemoveStale()
    {
        var limit = _time.GetUtcNow().UtcDateTime - s_staleAfter;
        foreach (var file in Directory.EnumerateFiles(_aside))
        {
            if (File.GetLastWriteTimeUtc(file) < limit)
                File.Delete(file);
        }
    }

    /// <summary>Null (or false) when there is no such file.</summary>
    private static Task<T?> IfPresentAsync<T>(string name, Func<Task<T>> action) => GuardAsync(name, async () =>
    {
        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return default;
        }
    });

    private static async Task<T> GuardAsync<T>(string name, Func<Task<T>> action)
    {
        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(
                StorageErrorCode.Unavailable, $"Blob '{name}' cannot be read or written ({e.Message}); check free disk space and permissions.", e);
        }
    }
}
