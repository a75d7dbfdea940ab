namespace Niche.Storage.Embedded;

/// <summary>
/// Queues and tables in one SQLite file (<c>niche.db</c>, WAL mode), blobs as files beside it. Needs no service; meant for one machine.
/// </summary>
public sealed class EmbeddedStorage : IStorage
{
    private readonly EmbeddedDatabase _database;
    private readonly EmbeddedQueueStore _queues;

    private EmbeddedStorage(EmbeddedDatabase database, EmbeddedBlobStore blobs, TimeProvider time)
    {
        _database = database;
        _queues = new EmbeddedQueueStore(database, time);
        Tables = new EmbeddedTableStore(database);
        Blobs = blobs;
    }

    /// <inheritdoc/>
    public IQueueStore Queues => _queues;

    /// <inheritdoc/>
    public IBlobStore Blobs { get; }

    /// <inheritdoc/>
    public ITableStore Tables { get; }

    /// <summary>Opens or creates the data folder.</summary>
    /// <exception cref="StorageException">Corrupt: the file is no database of ours. Unavailable: the folder cannot be written.</exception>
    public static EmbeddedStorage Open(EmbeddedOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        try
        {
            var root = Directory.CreateDirectory(options.Path).FullName;
            var blobs = new EmbeddedBlobStore(Path.Combine(root, "blobs"), options.Durability, time);
            return new(EmbeddedDatabase.Open(Path.Combine(root, "niche.db"), options.Durability), blobs, time);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(
                StorageErrorCode.Unavailable, $"The data folder '{options.Path}' cannot be used ({e.Message}); set Storage:Path to a writable folder.", e);
        }
    }

    /// <summary>
    /// Shows what is hidden in a queue: leases of a process that died, and delays. Only for a process that knows that nobody else works on
    /// this folder, right after it opened it; a live worker would lose its messages to another.
    /// </summary>
    /// <returns>Number of messages shown.</returns>
    public Task<int> ShowHiddenAsync(string queue, CancellationToken ct) => _queues.ShowHiddenAsync(queue, ct);

    /// <summary>Finishes the writes under way and closes the files.</summary>
    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
