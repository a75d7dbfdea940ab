using Microsoft.Data.Sqlite;
using Niche.Storage.Embedded;

namespace Niche.Storage.Tests.Embedded;

public sealed class OpeningTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Durability.Normal)]
    [InlineData(Durability.Full)]
    public async Task What_was_written_is_there_when_opened_again(Durability durability)
    {
        for (var i = 1; i <= 2; i++)
        {
            await using var storage = EmbeddedStorage.Open(new(_folder.Path, durability), TimeProvider.System);
            await storage.Queues.PutAsync("jobs", "x", null, null, Ct);
            await storage.Tables.UpsertAsync("jobs", "p", $"{i}", "1", Ct);
            await storage.Blobs.PutAsync("jobs", $"{i}", new byte[i], "image/png", Ct);
            Assert.Equal(i, await storage.Queues.CountAsync("jobs", Ct));
            Assert.Equal(i, await storage.Tables.QueryAllAsync("jobs", Ct).CountAsync(Ct));
            Assert.Equal(i, await storage.Blobs.ListAsync("jobs", null, Ct).CountAsync(Ct));
        }
    }

    [Fact]
    public async Task Many_may_open_a_fresh_folder_at_once()
    {
        var opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            _ => Task.Run(() => EmbeddedStorage.Open(new(_folder.Path), TimeProvider.System), Ct)));
        await Task.WhenAll(opened.Select(s => s.Queues.PutAsync("jobs", "x", null, null, Ct)));
        Assert.Equal(8, await opened[0].Queues.CountAsync("jobs", Ct));
        foreach (var storage in opened)
            await storage.DisposeAsync();
    }

    [Fact]
    public async Task A_write_is_acknowledged_only_when_others_see_it()
    {
        await using var writer = EmbeddedStorage.Open(new(_folder.Path), TimeProvider.System);
        await using var other = EmbeddedStorage.Open(new(_folder.Path), TimeProvider.System);
        for (var i = 1; i <= 500; i++)
        {
            var etag = await writer.Tables.UpsertAsync("jobs", "p", "r", $"{i}", Ct);
            Assert.Equal(new TableRow("p", "r", $"{i}", etag), await other.Tables.GetAsync("jobs", "p", "r", Ct));
        }
    }

    [Fact]
    public void A_file_that_is_no_database_is_corrupt()
    {
        File.WriteAllBytes(Path.Combine(_folder.Path, "niche.db"), [.. Enumerable.Repeat((byte)7, 5000)]);
        Refused(StorageErrorCode.Corrupt, _folder.Path);
    }

    [Fact]
    public void A_database_of_somebody_else_is_left_alone()
    {
        var file = Path.Combine(_folder.Path, "niche.db");
        using (var foreign = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            foreign.Open();
            using var command = foreign.CreateCommand();
            command.CommandText = "CREATE TABLE theirs (x)";
            command.ExecuteNonQuery();
        }

        Refused(StorageErrorCode.Corrupt, _folder.Path);
    }

    [Fact]
    public void A_path_that_cannot_be_a_folder_is_unavailable()
    {
        var file = Path.Combine(_folder.Path, "file");
        File.WriteAllText(file, "");
        Refused(StorageErrorCode.Unavailable, file);
    }

    [Fact]
    public async Task Use_after_disposal_is_an_error_and_work_before_it_is_finished()
    {
        var storage = EmbeddedStorage.Open(new(_folder.Path), TimeProvider.System);
        var puts = Enumerable.Range(0, 100).Select(_ => storage.Queues.PutAsync("jobs", "x", null, null, Ct)).ToArray();
        await storage.DisposeAsync();
        await Task.WhenAll(puts);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => storage.Queues.PutAsync("jobs", "x", null, null, Ct));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => storage.Queues.CountAsync("jobs", Ct));
    }

    [Fact]
    public async Task A_cancelled_write_is_cancelled()
    {
        await using var storage = EmbeddedStorage.Open(new(_folder.Path), TimeProvider.System);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => storage.Queues.PutAsync("jobs", "x", null, null, new(true)));
        Assert.Equal(0, await storage.Queues.CountAsync("jobs", Ct));
    }

    public void Dispose() => _folder.Dispose();

    private static void Refused(StorageErrorCode code, string path) =>
        Assert.Equal(code, Assert.Throws<StorageException>(() => EmbeddedStorage.Open(new(path), TimeProvider.System)).Code);
}
