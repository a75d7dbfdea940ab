using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using Niche.DiscordStandIn;
using Niche.DiscordStandIn.Interactions;
using Niche.DiscordStandIn.World;

namespace Niche.Benchmarks;

/// <summary>
/// Slash commands at 50 a second for six seconds, signed, over HTTP, from a hundred people; the bot's own work (jobs, messages, edits) goes on beside them on the same
/// cores, and so does Discord's side.
/// </summary>
internal static class DiscordBenchmark
{
    private const int PerSecond = 50, Seconds = 6, People = 100, Waiting = 500;

    public static async Task<Measurement[]> RunAsync(CancellationToken ct)
    {
        // Its limits are off: how the bot obeys them is a matter of tests, and here they would only take load away.
        await using DiscordServer discord = await DiscordServer.StartAsync(new StandInOptions { BucketSize = int.MaxValue, PerSecond = int.MaxValue }).ConfigureAwait(false);
        await using BenchSubnet subnet = await BenchSubnet.StartAsync(
        [
            "--Discord:Token", discord.Token, "--Discord:PublicKey", discord.Sender.PublicKey, "--Discord:ApiBase", discord.ApiBase.AbsoluteUri,
            "--Bots:OpenOrders", "1000", "--Bots:PicturesPerHour", "100000", "--Validator:MaxWaitingUnits", "100000",
        ], ct).ConfigureAwait(false);
        Uri app = new(subnet.Address, "bots/discord");
        await RunAsync(discord, app, PerSecond, ct).ConfigureAwait(false);
        string idle = await RunAsync(discord, app, PerSecond * Seconds, ct).ConfigureAwait(false);
        TaskCompletionSource open = new();
        subnet.Endpoint.Open = open.Task;
        using HttpClient client = new() { BaseAddress = subnet.Address };
        for (int i = 0; i < Waiting; i += 4)
        {
            using HttpResponseMessage response = await client.PostAsJsonAsync("v1/jobs", new { prompt = "a red house", count = 4 }, ct).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode) throw new InvalidOperationException(await response.Content.ReadAsStringAsync(ct).ConfigureAwait(false));
        }

        string busy = await RunAsync(discord, app, PerSecond * Seconds, ct).ConfigureAwait(false);
        open.SetResult();
        return
        [
            new("acknowledgement of /imagine", idle, "p99 <= 300 ms, never past 3 s"),
            new($"the same, with {Waiting} pictures waiting", busy, "p99 <= 300 ms, never past 3 s"),
            new("what Discord would not have taken", string.Create(CultureInfo.InvariantCulture, $"{discord.Faults.Count}"), "0"),
        ];
    }

    private static async Task<string> RunAsync(DiscordServer discord, Uri app, int count, CancellationToken ct)
    {
        StandInUser[] people = [.. Enumerable.Range(1, People).Select(i => new StandInUser((ulong)i, $"Person {i}"))];
        StandInChannel channel = discord.World.AddChannel();
        ConcurrentQueue<TimeSpan> times = new();
        List<Task> sent = [];
        using PeriodicTimer timer = new(TimeSpan.FromSeconds(1.0 / PerSecond));
        for (int i = 0; i < count; i++)
        {
            await timer.WaitForNextTickAsync(ct).ConfigureAwait(false);
            StandInUser person = people[i % People];
            sent.Add(Task.Run(async () =>
            {
                OpenInteraction asked = discord.Make.Command(person, channel, "imagine", ("prompt", "a red house"), ("count", 1));
                InteractionReply reply = await discord.Sender.SendAsync(app, asked, ct).ConfigureAwait(false);
                if (!reply.IsTaken) throw new InvalidOperationException($"{reply.Status} {reply.Faults}");
                times.Enqueue(reply.Elapsed);
            }, ct));
        }

        await Task.WhenAll(sent).ConfigureAwait(false);
        Sample sample = new();
        foreach (TimeSpan time in times) sample.Add(time);
        return string.Create(CultureInfo.InvariantCulture, $"p50 {sample.At(0.5):0.0} ms, p99 {sample.At(0.99):0.0} ms, max {sample.At(1):0.0} ms");
    }
}
