using System.Text.Json;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Chain.Weights;

/// <summary>
/// Hashed commits in one file that only its owner may read. Every change writes a second file to the disk and puts it in the place of the
/// first, so that a crash leaves the old state or the new one. One process at a time.
/// </summary>
public sealed class FileWeightCommitStore(string path) : IWeightCommitStore, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file holds something else; it is left as it is.</exception>
    public Task AddAsync(WeightCommit commit, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(commit);
        return ChangeAsync(commits => [.. commits.Where(one => one.Hash != commit.Hash), commit], ct);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file holds something else; it is left as it is.</exception>
    public async Task<IReadOnlyList<WeightCommit>> ListAsync(string hotkey, ushort netuid, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            var commits = await ReadAsync(ct);
            return [.. commits.Where(commit => commit.Hotkey == hotkey && commit.Request.Netuid == netuid).OrderBy(commit => commit.PlannedAt)];
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file holds something else; it is left as it is.</exception>
    public Task RemoveAsync(WeightCommit commit, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(commit);
        return ChangeAsync(commits => [.. commits.Where(one => one.Hash != commit.Hash)], ct);
    }

    /// <summary>Releases the lock; the file needs no closing.</summary>
    public void Dispose() => _gate.Dispose();

    private async Task ChangeAsync(Func<IReadOnlyList<WeightCommit>, IReadOnlyList<WeightCommit>> change, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            await WriteAsync(change(await ReadAsync(ct)), ct);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<IReadOnlyList<WeightCommit>> ReadAsync(CancellationToken ct)
    {
        try
        {
            await using var file = File.OpenRead(path);
            var commits = await JsonSerializer.DeserializeAsync<List<WeightCommit?>>(file, SynapseJson.Options, ct);
            return commits is not null && !commits.Contains(null) ? [.. commits.Select(commit => commit!)] : throw NotCommits(null);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (JsonException fault)
        {
            throw NotCommits(fault);
        }
    }

    private async Task WriteAsync(IReadOnlyList<WeightCommit> commits, CancellationToken ct)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var next = path + ".next";
        await using (var file = new FileStream(next, options))
        {
            await JsonSerializer.SerializeAsync(file, commits, SynapseJson.Options, ct);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
        FolderFlush.Flush(folder);
    }

    private InvalidDataException NotCommits(Exception? fault) =>
        new($"{path} can not be read as weight commits. Move it away to go on; what it held can not be revealed without it.", fault);
}
