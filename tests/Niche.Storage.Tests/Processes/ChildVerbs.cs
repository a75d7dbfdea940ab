using Niche.Storage.Embedded;

namespace Niche.Storage.Tests.Processes;

/// <summary>What this program does when a test starts it as a second process.</summary>
public static class ChildVerbs
{
    public const string Marker = "--storage-child";
    public const string Queue = "jobs";
    public const string Table = "jobs";
    public const string Container = "jobs";

    public static async Task<int> RunAsync(string[] args)
    {
        await using var storage = EmbeddedStorage.Open(new(args[1]), TimeProvider.System);
        await (args[0] switch
        {
            "put" => PutForEverAsync(storage),
            "take" => TakeAllAsync(storage),
            _ => throw new ArgumentException($"no verb '{args[0]}'"),
        });
        return 0;
    }

    /// <summary>Eight writers; a line on standard output for each job whose message, row and blob were acknowledged.</summary>
    private static Task PutForEverAsync(EmbeddedStorage storage) => Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
    {
        for (var i = 0; ; i++)
        {
            var name = $"{writer}-{i}";
            await storage.Tables.UpsertAsync(Table, "p", name, "1", CancellationToken.None);
            await storage.Blobs.PutAsync(Container, name, new byte[100], "image/png", CancellationToken.None);
            await storage.Queues.PutAsync(Queue, name, null, null, CancellationToken.None);
            await Console.Out.WriteLineAsync(name);
        }
    }));

    /// <summary>Receives until nothing is visible; a line for each body.</summary>
    private static async Task TakeAllAsync(EmbeddedStorage storage)
    {
        // The parent lets all children go at once.
        await Console.In.ReadLineAsync();
        while (await storage.Queues.ReceiveAsync(Queue, 4, TimeSpan.FromHours(1), CancellationToken.None) is { Count: > 0 } items)
        {
            foreach (var item in items)
                await Console.Out.WriteLineAsync(item.Body);
        }
    }
}
