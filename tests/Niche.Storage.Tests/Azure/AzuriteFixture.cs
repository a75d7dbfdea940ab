using Niche.Storage.Azure;
using Niche.Storage.Tests.Contract;

namespace Niche.Storage.Tests.Azure;

/// <summary>The Azure implementation against one Azurite process for all tests of the collection.</summary>
public sealed class AzuriteFixture : IStorageFixture, IAsyncLifetime
{
    // Azurite measures leases in whole seconds of its own clock.
    private static readonly TimeSpan s_slack = TimeSpan.FromMilliseconds(300);

    private AzuriteProcess? _azurite;
    private AzureStorage? _storage;
    private string? _missing;

    public IStorage Storage
    {
        get
        {
            if (_missing is not null)
                Assert.Skip(_missing);
            return _storage!;
        }
    }

    public DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    // The only real wait in these tests: a foreign server's clock cannot be faked.
    public Task AdvanceAsync(TimeSpan by) => Task.Delay(by + s_slack, TestContext.Current.CancellationToken);

    public async ValueTask InitializeAsync()
    {
        _missing = AzuriteProcess.WhyMissing();
        if (_missing is not null)
            return;
        _azurite = await AzuriteProcess.StartAsync(TestContext.Current.CancellationToken);
        _storage = new AzureStorage(new() { ConnectionString = _azurite.ConnectionString });
    }

    public async ValueTask DisposeAsync()
    {
        if (_azurite is not null)
            await _azurite.DisposeAsync();
    }
}
