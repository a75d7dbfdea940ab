using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Niche.Storage.Azure;
using Niche.Storage.Embedded;

namespace Niche.Storage;

/// <summary>Chooses the storage by configuration.</summary>
public static class StorageServices
{
    /// <summary>
    /// Registers <see cref="IStorage"/>, <see cref="IQueueStore"/>, <see cref="IBlobStore"/>, <see cref="ITableStore"/> and <see cref="QueueReplay"/>.
    /// <c>Storage:Kind</c> is <c>embedded</c> (default; <c>Storage:Path</c> default .data, <c>Storage:Durability</c> normal or full) or <c>azure</c>
    /// (<c>AzureWebJobsStorage</c> as a connection string, or <c>AzureWebJobsStorage__accountName</c> or the three
    /// <c>AzureWebJobsStorage__queueServiceUri</c>, <c>__blobServiceUri</c>, <c>__tableServiceUri</c> with DefaultAzureCredential;
    /// <c>AzureWebJobsStorage__clientId</c> picks a user-assigned identity).
    /// </summary>
    /// <exception cref="StorageException">Misconfigured, naming the setting.</exception>
    public static IServiceCollection AddNicheStorage(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        var kind = configuration["Storage:Kind"] ?? "embedded";
        if (kind.Equals("embedded", StringComparison.OrdinalIgnoreCase))
        {
            var options = Embedded(configuration);
            services.AddSingleton<IStorage>(p => EmbeddedStorage.Open(options, p.GetService<TimeProvider>() ?? TimeProvider.System));
        }
        else if (kind.Equals("azure", StringComparison.OrdinalIgnoreCase))
        {
            var options = Azure(configuration);
            services.AddSingleton<IStorage>(_ => new AzureStorage(options));
        }
        else
        {
            throw Wrong($"Storage:Kind is '{kind}'; set it to 'embedded' or 'azure'.");
        }

        services.AddSingleton(p => p.GetRequiredService<IStorage>().Queues);
        services.AddSingleton(p => p.GetRequiredService<IStorage>().Blobs);
        services.AddSingleton(p => p.GetRequiredService<IStorage>().Tables);
        services.AddSingleton<QueueReplay>();
        return services;
    }

    private static EmbeddedOptions Embedded(IConfiguration configuration)
    {
        var path = configuration["Storage:Path"] ?? ".data";
        if (string.IsNullOrWhiteSpace(path))
            throw Wrong("Storage:Path is empty; name a folder or leave the setting out.");
        var durability = (configuration["Storage:Durability"] ?? "normal").ToLowerInvariant() switch
        {
            "normal" => Durability.Normal,
            "full" => Durability.Full,
            var other => throw Wrong($"Storage:Durability is '{other}'; set it to 'normal' or 'full'."),
        };
        return new(path, durability);
    }

    private static AzureOptions Azure(IConfiguration configuration)
    {
        var section = configuration.GetSection("AzureWebJobsStorage");
        if (!string.IsNullOrWhiteSpace(section.Value))
            return new() { ConnectionString = section.Value };

        var missing = new List<string>();
        Uri? Service(string service)
        {
            var setting = section[$"{service}ServiceUri"]
                ?? (section["accountName"] is { Length: > 0 } account ? $"https://{account}.{service}.core.windows.net" : null);
            if (Uri.TryCreate(setting, UriKind.Absolute, out var uri))
                return uri;
            missing.Add($"AzureWebJobsStorage__{service}ServiceUri");
            return null;
        }

        var options = new AzureOptions { QueueService = Service("queue"), BlobService = Service("blob"), TableService = Service("table") };
        if (missing.Count > 0)
        {
            throw Wrong(
                $"Storage:Kind is azure: set AzureWebJobsStorage (connection string), AzureWebJobsStorage__accountName, or {string.Join(", ", missing)}.");
        }

        return options with
        {
            Credential = new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = section["clientId"] }),
        };
    }

    private static StorageException Wrong(string message) => new(StorageErrorCode.Misconfigured, message);
}
