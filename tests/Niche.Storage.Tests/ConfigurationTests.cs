using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Niche.Storage.Azure;
using Niche.Storage.Embedded;

namespace Niche.Storage.Tests;

public sealed class ConfigurationTests : IDisposable
{
    private const string Secret = "c2VjcmV0c2VjcmV0";
    private readonly TestFolder _folder = new();

    [Fact]
    public async Task Storage_is_embedded_unless_configured_otherwise()
    {
        await using var services = Services(("Storage:Path", _folder.Path));
        var storage = Assert.IsType<EmbeddedStorage>(services.GetRequiredService<IStorage>());
        Assert.Same(storage.Queues, services.GetRequiredService<IQueueStore>());
        Assert.Same(storage.Blobs, services.GetRequiredService<IBlobStore>());
        Assert.Same(storage.Tables, services.GetRequiredService<ITableStore>());
        Assert.NotNull(services.GetRequiredService<QueueReplay>());
        Assert.True(File.Exists(Path.Combine(_folder.Path, "niche.db")));
    }

    [Fact]
    public async Task Azure_takes_a_connection_string_an_account_name_or_addresses()
    {
        await using var byString = Services(("Storage:Kind", "Azure"), ("AzureWebJobsStorage", "UseDevelopmentStorage=true"));
        await using var byAccount = Services(("Storage:Kind", "azure"), ("AzureWebJobsStorage:accountName", "niche"));
        await using var byAddress = Services(
            ("Storage:Kind", "azure"),
            ("AzureWebJobsStorage:queueServiceUri", "https://niche.queue.core.windows.net"),
            ("AzureWebJobsStorage:blobServiceUri", "https://niche.blob.core.windows.net"),
            ("AzureWebJobsStorage:tableServiceUri", "https://niche.table.core.windows.net"));
        Assert.All([byString, byAccount, byAddress], s => Assert.IsType<AzureStorage>(s.GetRequiredService<IStorage>()));
    }

    [Theory]
    [InlineData("Storage:Kind", "azur", "Storage:Kind")]
    [InlineData("Storage:Kind", "azure", "AzureWebJobsStorage")]
    [InlineData("Storage:Path", " ", "Storage:Path")]
    [InlineData("Storage:Durability", "none", "Storage:Durability")]
    public void A_wrong_setting_is_named(string setting, string value, string named)
    {
        var e = Assert.Throws<StorageException>(() => Services((setting, value)));
        Assert.Equal(StorageErrorCode.Misconfigured, e.Code);
        Assert.Contains(named, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_connection_string_is_refused_without_repeating_it()
    {
        var e = Assert.Throws<StorageException>(() => new AzureStorage(new() { ConnectionString = $"AccountName=niche;AccountKey={Secret}=x=;Nonsense" }));
        Assert.Equal(StorageErrorCode.Misconfigured, e.Code);
        Assert.DoesNotContain(Secret, e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Azure_without_any_address_is_refused() =>
        Assert.Equal(StorageErrorCode.Misconfigured, Assert.Throws<StorageException>(() => new AzureStorage(new())).Code);

    public void Dispose() => _folder.Dispose();

    private static ServiceProvider Services(params (string Key, string? Value)[] settings) => new ServiceCollection()
        .AddNicheStorage(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, s.Value))).Build())
        .BuildServiceProvider();
}
