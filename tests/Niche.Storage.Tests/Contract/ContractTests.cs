namespace Niche.Storage.Tests.Contract;

/// <summary>What the contract suites share: the stores, names that no other test uses, the test's token.</summary>
public abstract class ContractTests(IStorageFixture fixture)
{
    protected static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    protected static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    protected IQueueStore Queues => fixture.Storage.Queues;

    protected IBlobStore Blobs => fixture.Storage.Blobs;

    protected ITableStore Tables => fixture.Storage.Tables;

    protected DateTimeOffset Now => fixture.Now;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected Task AdvanceAsync(TimeSpan by) => fixture.AdvanceAsync(by);

    /// <summary>Fit for a queue, a container and a table alike.</summary>
    protected string FreshName() => "t" + Guid.NewGuid().ToString("N");

    protected static async Task RefusedAsync(StorageErrorCode code, Func<Task> call)
    {
        var e = await Assert.ThrowsAsync<StorageException>(call);
        Assert.Equal(code, e.Code);
        Assert.NotEmpty(e.Message);
    }
}
