using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace Niche.Storage.Azure;

/// <summary>Queues, blobs and tables of one Azure storage account, or of Azurite. Missing queues, containers and tables are created on first use.</summary>
public sealed class AzureStorage : IStorage
{
    /// <summary>Makes the clients; sends nothing yet.</summary>
    /// <exception cref="StorageException">Misconfigured: neither a usable connection string nor the three addresses.</exception>
    public AzureStorage(AzureOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var queueOptions = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None };
        if (options.ConnectionString is { } connection)
        {
            try
            {
                Queues = new AzureQueueStore(new(connection, queueOptions));
                Blobs = new AzureBlobStore(new(connection));
                Tables = new AzureTableStore(new(connection));
            }
            catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
            {
                // The text of the connection string holds a key: it must not be repeated here.
                throw new StorageException(StorageErrorCode.Misconfigured, "The storage connection string cannot be read; copy it anew from the account.");
            }

            return;
        }

        if (options is not { QueueService: { } queues, BlobService: { } blobs, TableService: { } tables })
            throw new StorageException(
                StorageErrorCode.Misconfigured, "Azure storage needs a connection string, or the addresses of the queue, blob and table services.");
        TokenCredential credential = options.Credential ?? new DefaultAzureCredential();
        Queues = new AzureQueueStore(new(queues, credential, queueOptions));
        Blobs = new AzureBlobStore(new(blobs, credential));
        Tables = new AzureTableStore(new(tables, credential));
    }

    /// <inheritdoc/>
    public IQueueStore Queues { get; }

    /// <inheritdoc/>
    public IBlobStore Blobs { get; }

    /// <inheritdoc/>
    public ITableStore Tables { get; }

    /// <summary>Does nothing: the clients hold no resources of their own.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
