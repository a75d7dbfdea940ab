using Microsoft.Extensions.Time.Testing;
using Niche.Storage.Embedded;
using Niche.Storage.Tests.Contract;

namespace Niche.Storage.Tests.Embedded;

public sealed class EmbeddedFixture : IStorageFixture, IAsyncDisposable
{
    private readonly TestFolder _folder = new();
    private readonly FakeTimeProvider _time = new();

    public EmbeddedFixture() => Storage = EmbeddedStorage.Open(new(_folder.Path), _time);

    public IStorage Storage { get; }

    public DateTimeOffset Now => _time.GetUtcNow();

    public Task AdvanceAsync(TimeSpan by)
    {
        _time.Advance(by);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await Storage.DisposeAsync();
        _folder.Dispose();
    }
}
