using Niche.Storage.Embedded;

namespace Niche.Storage.Tests.Embedded;

public sealed class BlobFileTests : IAsyncDisposable
{
    private readonly TestFolder _folder = new();
    private readonly EmbeddedStorage _storage;

    public BlobFileTests() => _storage = EmbeddedStorage.Open(new(Path.Combine(_folder.Path, "data")), TimeProvider.System);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reader_sees_one_whole_version_while_writers_replace_it()
    {
        await PutAsync(0);
        var writing = Task.WhenAll(Enumerable.Range(1, 4).Select(writer => Task.Run(
            async () =>
            {
                for (var i = 0; i < 50; i++)
                    await PutAsync((byte)(writer * 50 + i));
            },
            Ct)));

        var seen = 0;
        do
        {
            var blob = (await _storage.Blobs.GetAsync("pictures", "one", Ct))!;
            var first = blob.Content.Span[0];
            Assert.Equal(SizeOf(first), blob.Length);
            Assert.False(blob.Content.Span.ContainsAnyExcept(first));
            seen++;
        }
        while (!writing.IsCompleted);
        await writing;
        Assert.True(seen > 1);
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder.Path, "data", "blobs", ".aside")));
    }

    [Fact]
    public async Task Of_rivals_that_delete_one_blob_one_did_it()
    {
        await PutAsync(1);
        var deleted = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _storage.Blobs.DeleteAsync("pictures", "one", Ct), Ct)));
        Assert.Single(deleted, d => d);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(40)]
    [InlineData(-1)]
    public async Task A_file_of_the_wrong_length_is_corrupt_and_can_be_replaced(int length)
    {
        await PutAsync(1);
        var file = Directory.GetFiles(Path.Combine(_folder.Path, "data", "blobs", "pictures")).Single();
        using (var stream = File.OpenWrite(file))
            stream.SetLength(length < 0 ? stream.Length + 1 : length);
        var e = await Assert.ThrowsAsync<StorageException>(() => _storage.Blobs.GetAsync("pictures", "one", Ct));
        Assert.Equal(StorageErrorCode.Corrupt, e.Code);
        await PutAsync(2);
        Assert.NotNull(await _storage.Blobs.GetAsync("pictures", "one", Ct));
    }

    [Fact]
    public async Task A_file_with_foreign_content_is_corrupt()
    {
        await PutAsync(1);
        var file = Directory.GetFiles(Path.Combine(_folder.Path, "data", "blobs", "pictures")).Single();
        await File.WriteAllBytesAsync(file, Enumerable.Repeat((byte)0xFF, 1000).ToArray(), Ct);
        var e = await Assert.ThrowsAsync<StorageException>(() => _storage.Blobs.GetAsync("pictures", "one", Ct));
        Assert.Equal(StorageErrorCode.Corrupt, e.Code);
    }

    [Fact]
    public async Task A_put_that_cannot_reach_the_disk_is_an_error()
    {
        Directory.Delete(Path.Combine(_folder.Path, "data", "blobs", ".aside"));
        var e = await Assert.ThrowsAsync<StorageException>(() => PutAsync(1));
        Assert.Equal(StorageErrorCode.Unavailable, e.Code);
    }

    [Fact]
    public async Task Names_from_outside_leave_nothing_outside()
    {
        string[] names = ["../out", "a/../../out", "/out", "..\\out", "./out", "pictures/../../../out", ".aside/out"];
        foreach (var name in names)
        {
            try
            {
                await _storage.Blobs.PutAsync("pictures", name, new byte[1], "image/png", Ct);
            }
            catch (StorageException e) when (e.Code == StorageErrorCode.InvalidName)
            {
                // Refused is one right answer; kept inside is the other.
            }
        }

        Assert.Equal(["data"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName));
        Assert.Equal(
            [".aside/out"], await _storage.Blobs.ListAsync("pictures", null, Ct).Select(b => b.Name).ToListAsync(Ct));
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder.Path, "data", "blobs", ".aside")));
    }

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        _folder.Dispose();
    }

    private static int SizeOf(byte value) => 1000 + value * 300;

    private Task PutAsync(byte value) =>
        _storage.Blobs.PutAsync("pictures", "one", Enumerable.Repeat(value, SizeOf(value)).ToArray(), "image/png", Ct);
}
