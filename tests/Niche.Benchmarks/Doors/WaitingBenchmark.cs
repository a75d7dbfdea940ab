using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;

namespace Niche.Benchmarks.Doors;

/// <summary>
/// A miner paints 6 pictures a second, 60 wait already, and then people come through every door. Looks at their messages every 20 ms: when a place was shown,
/// how often it was refreshed, how true the first expected time was.
/// </summary>
internal static class WaitingBenchmark
{
    private const int Warm = 24, Before = 60, PerDoor = 15, InGroup = 5;
    private static readonly TimeSpan Takes = TimeSpan.FromSeconds(1.0 / 6), Between = TimeSpan.FromMilliseconds(100), Glance = TimeSpan.FromMilliseconds(20), Patience = TimeSpan.FromSeconds(60);

    public static async Task<Measurement[]> RunAsync(CancellationToken ct)
    {
        await using ChatDoors doors = await ChatDoors.StartAsync().ConfigureAwait(false);
        await using BenchSubnet subnet = await BenchSubnet.StartAsync([.. doors.Settings], ct).ConfigureAwait(false);
        await doors.ConnectAsync(subnet.Address, ct).ConfigureAwait(false);
        subnet.Endpoint.Takes = Takes;
        // An hour that is busy has begun before: code is compiled, the pace is known.
        await QueueAsync(subnet.Address, Warm, ct).ConfigureAwait(false);
        await Task.Delay(Takes * Warm * 1.5, ct).ConfigureAwait(false);
        await QueueAsync(subnet.Address, Before, ct).ConfigureAwait(false);
        List<Conversation> all = [];
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Task looking = LookAsync(all, over.Token);
        foreach (Conversation one in doors.AskGroup(InGroup)) Add(all, one);
        for (int i = 0; i < PerDoor; i++)
        {
            Add(all, await doors.AskDiscordAsync(subnet.Address, ct).ConfigureAwait(false));
            Add(all, doors.AskTelegram());
            Add(all, await doors.AskTerminalAsync(subnet.Address, ct).ConfigureAwait(false));
            await Task.Delay(Between, ct).ConfigureAwait(false);
        }

        long start = Stopwatch.GetTimestamp();
        while (all.Any(one => one.Done is null))
        {
            if (Stopwatch.GetElapsedTime(start) > Patience)
                throw new InvalidOperationException("No picture came: " + string.Join(", ", all.Where(one => one.Done is null).CountBy(one => one.Door)));
            await Task.Delay(Glance, ct).ConfigureAwait(false);
        }

        await over.CancelAsync().ConfigureAwait(false);
        await looking.ConfigureAwait(false);
        return [.. all.GroupBy(one => one.Door).SelectMany(Tell), .. Refused(doors)];
    }

    private static void Add(List<Conversation> all, Conversation one)
    {
        lock (all) all.Add(one);
    }

    private static async Task LookAsync(List<Conversation> all, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            lock (all) all.ForEach(one => one.Look());
            await Task.Delay(Glance, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static async Task QueueAsync(Uri functions, int pictures, CancellationToken ct)
    {
        using HttpClient client = new() { BaseAddress = functions };
        for (int i = 0; i < pictures; i += 4)
        {
            using HttpResponseMessage response = await client.PostAsJsonAsync("v1/jobs", new { prompt = "a red house", count = 4 }, ct).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode) throw new InvalidOperationException(await response.Content.ReadAsStringAsync(ct).ConfigureAwait(false));
        }
    }

    private static Measurement[] Tell(IGrouping<string, Conversation> door)
    {
        Sample place = new(), gaps = new(), waits = new();
        foreach (Conversation one in door)
        {
            if (one.Place is { } shown) place.Add(shown);
            waits.Add(one.Done!.Value);
            foreach (TimeSpan gap in one.Gaps) gaps.Add(gap);
        }

        double[] errors = [.. door.Select(one => one.Error).OfType<double>().Order()];
        string told = string.Create(CultureInfo.InvariantCulture, $"{door.Count(one => one.Place is not null)} of {door.Count()}");
        return
        [
            new($"{door.Key}: place shown to {told}, after", place.Describe(), "<= 2 s"),
            new($"{door.Key}: refreshed after", gaps.Describe(), "<= 5 s"),
            new($"{door.Key}: expected time, median error", errors.Length == 0 ? "none shown" : errors[errors.Length / 2].ToString("0 %", CultureInfo.InvariantCulture), "<= 25 %"),
            new($"{door.Key}: waited", waits.Describe()),
        ];
    }

    private static Measurement[] Refused(ChatDoors doors) =>
    [
        new("what Discord and Telegram would not have taken", string.Create(CultureInfo.InvariantCulture, $"{doors.Discord.Faults.Count} and {doors.Telegram.Faults.Count}"), "0"),
        new("429 of Telegram, and calls before their time", string.Create(CultureInfo.InvariantCulture, $"{doors.Telegram.Flood.Refused} and {doors.Telegram.Flood.Impatient}")),
    ];
}
