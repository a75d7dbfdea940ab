using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Niche.Storage.Azure;

/// <summary>Blobs of an Azure storage account: block blobs, one request per put.</summary>
internal sealed class AzureBlobStore(BlobServiceClient service) : IBlobStore
{
    private readonly ConcurrentDictionary<string, BlobContainerClient> _clients = new(StringComparer.Ordinal);

    public Task PutAsync(string container, string name, ReadOnlyMemory<byte> content, string contentType, CancellationToken ct)
    {
        StorageLimits.CheckBlob(content.Length, contentType);
        var client = Client(container, name);
        var options = new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = contentType },

            // One request, so that readers see the old content or the new; Azure takes 5000 MiB in one.
            TransferOptions = new() { InitialTransferSize = IBlobStore.MaxBytes, MaximumTransferSize = IBlobStore.MaxBytes },
        };
        return AzureErrors.CreatingAsync(
            Target(container, name),
            BlobErrorCode.ContainerNotFound.ToString(),
            () => Container(container).CreateIfNotExistsAsync(cancellationToken: ct),
            () => client.UploadAsync(BinaryData.FromBytes(content), options, ct));
    }

    public Task<Blob?> GetAsync(string container, string name, CancellationToken ct)
    {
        var client = Client(container, name);
        return AzureErrors.GuardAsync<Blob?>(Target(container, name), async () =>
        {
            try
            {
                BlobDownloadResult result = await client.DownloadContentAsync(ct).ConfigureAwait(false);
                return new(result.Content.ToMemory(), result.Details.ContentType, result.Details.LastModified);
            }
            catch (RequestFailedException e) when (IsMissing(e))
            {
                return null;
            }
        });
    }

    public Task<bool> ExistsAsync(string container, string name, CancellationToken ct)
    {
        var client = Client(container, name);
        return AzureErrors.GuardAsync(Target(container, name), async () => (await client.ExistsAsync(ct).ConfigureAwait(false)).Value);
    }

    public Task<bool> DeleteAsync(string container, string name, CancellationToken ct)
    {
        var client = Client(container, name);
        return AzureErrors.GuardAsync(
            Target(container, name), async () => (await client.DeleteIfExistsAsync(cancellationToken: ct).ConfigureAwait(false)).Value);
    }

    public IAsyncEnumerable<BlobInfo> ListAsync(string container, string? prefix, CancellationToken ct)
    {
        var client = Container(container);
        StorageNames.CheckBlobPrefix(prefix ?? "");
        return ListPagesAsync(client, prefix, ct);
    }

    private static async IAsyncEnumerable<BlobInfo> ListPagesAsync(BlobContainerClient client, string? prefix, [EnumeratorCancellation] CancellationToken ct)
    {
        var pages = client.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, ct).GetAsyncEnumerator(ct);
        await using (pages.ConfigureAwait(false))
        {
            while (await AzureErrors.GuardAsync($"container '{client.Name}'", () => MoveNextAsync(pages)).ConfigureAwait(false))
            {
                var properties = pages.Current.Properties;
                yield return new(pages.Current.Name, properties.ContentType, properties.ContentLength ?? 0, properties.LastModified ?? default);
            }
        }
    }

    private static async Task<bool> MoveNextAsync(IAsyncEnumerator<BlobItem> pages)
    {
        try
        {
            return await pages.MoveNextAsync().ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (IsMissing(e))
        {
            return false;
        }
    }

    private BlobContainerClient Container(string container)
    {
        StorageNames.CheckContainer(container);
        return _clients.GetOrAdd(container, static (name, s) => s.GetBlobContainerClient(name), service);
    }

    private BlobClient Client(string container, string name)
    {
        var client = Container(container);
        StorageNames.CheckBlob(name);
        return client.GetBlobClient(name);
    }

    private static bool IsMissing(RequestFailedException e) =>
        e.ErrorCode == BlobErrorCode.BlobNotFound || e.ErrorCode == BlobErrorCode.ContainerNotFound;

    private static string Target(string container, string name) => $"blob '{container}/{name}'";
}
