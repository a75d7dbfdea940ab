using Niche.Storage.Embedded;

namespace Niche.Storage.Tests.Processes;

public sealed class ProcessTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_acknowledged_is_there_after_kill_9()
    {
        var acknowledged = new List<string>();
        for (var round = 0; round < 3; round++)
        {
            await using var child = new ChildProcess("put", _folder.Path);
            for (var i = 0; i < 300; i++)
                acknowledged.Add((await child.ReadLineAsync(Ct))!);
            child.Kill();
            acknowledged.AddRange(await child.ReadRestAsync(Ct));
        }

        await using var storage = EmbeddedStorage.Open(new(_folder.Path), TimeProvider.System);
        var queued = new Dictionary<string, int>();
        while (await storage.Queues.ReceiveAsync(ChildVerbs.Queue, 32, TimeSpan.FromHours(1), Ct) is { Count: > 0 } items)
        {
            foreach (var item in items)
                queued[item.Body] = queued.GetValueOrDefault(item.Body) + 1;
        }

        // Each round uses the same names, so a name must be queued as often as it was acknowledged.
        Assert.True(acknowledged.Count >= 900);
        Assert.All(acknowledged.CountBy(n => n), n => Assert.True(queued.GetValueOrDefault(n.Key) >= n.Value, $"{n.Key} was lost"));
        foreach (var name in acknowledged.Distinct())
        {
            Assert.NotNull(await storage.Tables.GetAsync(ChildVerbs.Table, "p", name, Ct));
            Assert.Equal(100, (await storage.Blobs.GetAsync(ChildVerbs.Container, name, Ct))!.Length);
        }
    }

    [Fact]
    public async Task Processes_that_receive_from_one_queue_never_get_the_same_message()
    {
        const int Messages = 2000;
        await using var storage = EmbeddedStorage.Open(new(_folder.Path), TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, Messages).Select(i => storage.Queues.PutAsync(ChildVerbs.Queue, $"{i}", null, null, Ct)));

        await using var one = new ChildProcess("take", _folder.Path);
        await using var other = new ChildProcess("take", _folder.Path);
        await Task.WhenAll(one.GoAsync(), other.GoAsync());
        var taken = await Task.WhenAll(one.ReadRestAsync(Ct), other.ReadRestAsync(Ct));
        Assert.Equal((0, 0), (one.ExitCode, other.ExitCode));
        Assert.Equal(Enumerable.Range(0, Messages).Select(i => $"{i}").Order(), taken[0].Concat(taken[1]).Order());
    }

    public void Dispose() => _folder.Dispose();
}
