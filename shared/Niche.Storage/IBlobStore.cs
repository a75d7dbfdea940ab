namespace Niche.Storage;

/// <summary>
/// Named byte strings in containers; a container comes into being with its first blob.
/// A reader sees the old content or the new, never a mixture. Errors: <see cref="StorageException"/>.
/// </summary>
/// <remarks>
/// Container names follow Azure's rules. Blob names are 1 to 512 characters: segments of 1 to 120 ASCII letters, digits and <c>. _ - =</c>
/// joined by <c>/</c>; no segment is <c>.</c> or <c>..</c> or ends with a dot. Names are case-sensitive.
/// </remarks>
public interface IBlobStore
{
    /// <summary>Largest content in bytes.</summary>
    const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>Stores a blob, replacing an older one of that name.</summary>
    Task PutAsync(string container, string name, ReadOnlyMemory<byte> content, string contentType, CancellationToken ct);

    /// <summary>Reads a blob; null when there is none.</summary>
    Task<Blob?> GetAsync(string container, string name, CancellationToken ct);

    /// <summary>True when the blob exists.</summary>
    Task<bool> ExistsAsync(string container, string name, CancellationToken ct);

    /// <summary>Deletes a blob; false when there was none.</summary>
    Task<bool> DeleteAsync(string container, string name, CancellationToken ct);

    /// <summary>Lists blobs whose name begins with <paramref name="prefix"/> (all when null or empty), in ordinal order of names.</summary>
    IAsyncEnumerable<BlobInfo> ListAsync(string container, string? prefix, CancellationToken ct);
}
