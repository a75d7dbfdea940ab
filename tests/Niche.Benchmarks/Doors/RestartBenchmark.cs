using System.Diagnostics;
using System.Globalization;

namespace Niche.Benchmarks.Doors;

/// <summary>
/// 100 people in Telegram and 100 in Discord ask for a picture; when a quarter have theirs, the functions' process is killed and another one is started on
/// the same storage. Everybody must get a picture, and what is sent twice is counted.
/// </summary>
internal static class RestartBenchmark
{
    private const int PerDoor = 100;
    private static readonly TimeSpan Takes = TimeSpan.FromMilliseconds(25), Glance = TimeSpan.FromMilliseconds(20), Patience = TimeSpan.FromSeconds(120);

    public static async Task<Measurement[]> RunAsync(CancellationToken ct)
    {
        await using ChatDoors doors = await ChatDoors.StartAsync().ConfigureAwait(false);
        await using BenchSubnet subnet = await BenchSubnet.StartWithoutFunctionsAsync(ct).ConfigureAwait(false);
        subnet.Endpoint.Takes = Takes;
        await using FunctionsProcess functions = await FunctionsProcess.StartAsync([.. subnet.FunctionsArguments, .. doors.Settings], ct).ConfigureAwait(false);
        await doors.ConnectAsync(functions.Address, ct).ConfigureAwait(false);
        List<Conversation> all = [];
        for (int i = 0; i < PerDoor; i++)
        {
            all.Add(doors.AskTelegram());
            all.Add(await doors.AskDiscordAsync(functions.Address, ct).ConfigureAwait(false));
        }

        await UntilAsync(all, 2 * PerDoor / 4, ct).ConfigureAwait(false);
        int before = all.Count(one => one.Done is not null);
        TimeSpan away = await functions.RestartAsync(ct).ConfigureAwait(false);
        long start = Stopwatch.GetTimestamp();
        await UntilAsync(all, 2 * PerDoor, ct).ConfigureAwait(false);
        TimeSpan rest = Stopwatch.GetElapsedTime(start);
        return
        [
            new("conversations that had their picture when the process was killed", Text($"{before} of {all.Count}")),
            new("conversations without a picture in the end", Text($"{all.Count(one => one.Done is null)}"), "0: none lost"),
            new("pictures that came twice", Text($"{all.Sum(one => Math.Max(0, one.Pictures - 1))}"), "only who was being answered at that moment"),
            new("from the kill until the next process was ready", Text($"{away.TotalSeconds:0.0} s")),
            new("from there until everybody had a picture", Text($"{rest.TotalSeconds:0.0} s")),
            new("what Discord and Telegram would not have taken", Text($"{doors.Discord.Faults.Count} and {doors.Telegram.Faults.Count}"), "0"),
        ];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static async Task UntilAsync(List<Conversation> all, int done, CancellationToken ct)
    {
        long start = Stopwatch.GetTimestamp();
        while (all.Count(one => one.Done is not null) < done && Stopwatch.GetElapsedTime(start) < Patience)
        {
            foreach (Conversation one in all) one.Look();
            await Task.Delay(Glance, ct).ConfigureAwait(false);
        }
    }
}
