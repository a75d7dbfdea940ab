using Azure.Core;

namespace Niche.Storage.Azure;

/// <summary>Where the storage account is: a connection string, or the three service addresses and a credential.</summary>
public sealed record AzureOptions
{
    /// <summary>Connection string, also <c>UseDevelopmentStorage=true</c>; wins over the addresses.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Queue service, such as https://ACCOUNT.queue.core.windows.net.</summary>
    public Uri? QueueService { get; init; }

    /// <summary>Blob service, such as https://ACCOUNT.blob.core.windows.net.</summary>
    public Uri? BlobService { get; init; }

    /// <summary>Table service, such as https://ACCOUNT.table.core.windows.net.</summary>
    public Uri? TableService { get; init; }

    /// <summary>Identity used with the addresses; DefaultAzureCredential when null.</summary>
    public TokenCredential? Credential { get; init; }
}
