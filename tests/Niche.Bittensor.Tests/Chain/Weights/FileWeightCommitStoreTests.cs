using Niche.Bittensor.Chain.Weights;

namespace Niche.Bittensor.Tests.Chain.Weights;

public sealed class FileWeightCommitStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("commits").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder, "deep", "commits.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_was_added_another_process_finds_whole()
    {
        var commit = Commit("0xaa", 5);
        using (FileWeightCommitStore store = new(File)) await store.AddAsync(commit, Ct);
        using FileWeightCommitStore later = new(File);
        var found = Assert.Single(await later.ListAsync("hk", 7, Ct));
        Assert.Equal((commit.Hash, commit.Call, commit.PlannedAt, commit.Request.VersionKey), (found.Hash, found.Call, found.PlannedAt, found.Request.VersionKey));
        Assert.Equal(commit.Salt, found.Salt);
        Assert.Equal(commit.Request.Uids, found.Request.Uids);
        Assert.Equal(commit.Request.Values, found.Request.Values);
        Assert.Equal(1, found.Request.Mechanism);
    }

    [Fact]
    public async Task Hotkeys_and_subnets_are_kept_apart_and_the_oldest_comes_first()
    {
        using FileWeightCommitStore store = new(File);
        await store.AddAsync(Commit("0x02", 9), Ct);
        await store.AddAsync(Commit("0x01", 5), Ct);
        await store.AddAsync(Commit("0x03", 1) with { Hotkey = "other" }, Ct);
        await store.AddAsync(Commit("0x04", 1) with { Request = Commit("", 0).Request with { Netuid = 8 } }, Ct);
        Assert.Equal(["0x01", "0x02"], (await store.ListAsync("hk", 7, Ct)).Select(commit => commit.Hash));
        await store.RemoveAsync(Commit("0x01", 5), Ct);
        await store.RemoveAsync(Commit("0x99", 5), Ct);
        Assert.Equal(["0x02"], (await store.ListAsync("hk", 7, Ct)).Select(commit => commit.Hash));
    }

    [Fact]
    public async Task Only_the_owner_may_read_the_file()
    {
        using FileWeightCommitStore store = new(File);
        await store.AddAsync(Commit("0xaa", 5), Ct);
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows has no file modes.");
        else Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("{}")]
    [InlineData("[null]")]
    [InlineData("null")]
    [InlineData("""[{"hotkey":"hk"}]""")]
    public async Task A_file_of_something_else_is_left_alone(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        await System.IO.File.WriteAllTextAsync(File, content, Ct);
        using FileWeightCommitStore store = new(File);
        await Assert.ThrowsAsync<InvalidDataException>(() => store.ListAsync("hk", 7, Ct));
        await Assert.ThrowsAsync<InvalidDataException>(() => store.AddAsync(Commit("0xaa", 5), Ct));
        Assert.Equal(content, await System.IO.File.ReadAllTextAsync(File, Ct));
    }

    [Fact]
    public async Task A_half_written_successor_does_not_hurt()
    {
        using FileWeightCommitStore store = new(File);
        await store.AddAsync(Commit("0xaa", 5), Ct);
        await System.IO.File.WriteAllTextAsync(File + ".next", "[{", Ct);
        Assert.Single(await store.ListAsync("hk", 7, Ct));
        await store.AddAsync(Commit("0xbb", 6), Ct);
        Assert.Equal(2, (await store.ListAsync("hk", 7, Ct)).Count);
    }

    [Fact]
    public async Task Many_at_once_lose_nothing()
    {
        using FileWeightCommitStore store = new(File);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => store.AddAsync(Commit($"0x{i:x2}", (ulong)i), Ct)));
        Assert.Equal(20, (await store.ListAsync("hk", 7, Ct)).Count);
    }

    private static WeightCommit Commit(string hash, ulong block) =>
        new("hk", new WeightRequest(7, [1, 2], [3, 65535], ulong.MaxValue, 1), [1, 2, 3], hash, "commit_mechanism_weights", block);
}
