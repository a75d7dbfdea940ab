using Niche.Storage;

namespace Niche.Validator.Tests.Rig;

/// <summary>A real blob store that takes nothing any more.</summary>
public sealed class FullDisk(IBlobStore blobs) : IBlobStore
{
    public Task PutAsync(string container, string name, ReadOnlyMemory<byte> content, string contentType, CancellationToken ct) =>
        throw new StorageException(StorageErrorCode.Unavailable, "The disk is full.");

    public Task<Blob?> GetAsync(string container, string name, CancellationToken ct) => blobs.GetAsync(container, name, ct);

    public Task<bool> ExistsAsync(string container, string name, CancellationToken ct) => blobs.ExistsAsync(container, name, ct);

    public Task<bool> DeleteAsync(string container, string name, CancellationToken ct) => blobs.DeleteAsync(container, name, ct);

    public IAsyncEnumerable<BlobInfo> ListAsync(string container, string? prefix, CancellationToken ct) => blobs.ListAsync(container, prefix, ct);
}
