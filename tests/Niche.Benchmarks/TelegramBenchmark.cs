using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Niche.Bots;
using Niche.Bots.Telegram;
using Niche.Bots.Telegram.Webhook;
using Niche.Storage;
using Niche.Storage.Embedded;
using Niche.Storage.Jobs;
using Niche.Subnet.Policy;
using Niche.TelegramStandIn;
using Niche.TelegramStandIn.Flood;
using Niche.TelegramStandIn.World;
using Telegram.Bot;

namespace Niche.Benchmarks;

/// <summary>
/// A burst of updates through the webhook into the desk and its durable queue, with the server that sends them and checks every call in the same process.
/// A part of them is sent twice.
/// </summary>
internal static class TelegramBenchmark
{
    private const int Updates = 10_000, People = 500, Connections = 100, TwiceEvery = 10;
    private const string Secret = "benchmark";

    public static async Task<Measurement[]> RunAsync(CancellationToken ct)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("niche-bench-");
        await using EmbeddedStorage storage = EmbeddedStorage.Open(new EmbeddedOptions(folder.FullName), TimeProvider.System);
        await using TelegramServer server = await TelegramServer.StartAsync(new StandInOptions(FloodLimits.None, TimeProvider.System, null)).ConfigureAwait(false);
        ConcurrentBag<TimeSpan> times = [];
        await using WebApplication bot = Bot(server, storage, times);
        await bot.StartAsync(ct).ConfigureAwait(false);
        StandInPerson[] people = [.. Enumerable.Range(0, People).Select(i => server.World.Person($"Person {i}"))];
        for (int i = 0; i < Updates; i++) server.Feed.Repeat(UpdateOf(i, people[i % People]));
        TelegramBotClient client = new(new TelegramBotClientOptions(server.Token, server.Url.ToString().TrimEnd('/')) { RetryCount = 0 });
        long before = GC.GetTotalMemory(true), most = 0, start = Stopwatch.GetTimestamp();
        await client.SetWebhook(bot.Urls.First() + "/", maxConnections: Connections, secretToken: Secret, cancellationToken: ct).ConfigureAwait(false);
        while (server.Webhook!.Posts < Updates || times.Count < server.Webhook.Posts)
        {
            most = Math.Max(most, GC.GetTotalMemory(false));
            await Task.Delay(20, ct).ConfigureAwait(false);
        }

        TimeSpan burst = Stopwatch.GetElapsedTime(start);
        for (int i = 0; i < Updates; i += TwiceEvery) server.Feed.Repeat(UpdateOf(i, people[i % People]));
        int all = Updates + ((Updates + TwiceEvery - 1) / TwiceEvery);
        while (times.Count < all) await Task.Delay(20, ct).ConfigureAwait(false);
        Measurement[] results = await TellAsync(storage, times, burst, most - before, ct).ConfigureAwait(false);
        await client.DeleteWebhook(cancellationToken: ct).ConfigureAwait(false);
        await bot.StopAsync(ct).ConfigureAwait(false);
        folder.Delete(recursive: true);
        return results;
    }

    private static async Task<Measurement[]> TellAsync(IStorage storage, IEnumerable<TimeSpan> times, TimeSpan burst, long memory, CancellationToken ct)
    {
        Sample sample = new();
        foreach (TimeSpan time in times) sample.Add(time);
        long queued = await storage.Queues.CountAsync(BotNames.Updates, ct).ConfigureAwait(false);
        return
        [
            new("updates taken in", (Updates / burst.TotalSeconds).ToString("#,0 /s", CultureInfo.InvariantCulture)),
            new("acknowledged (the bot's side)", $"{sample.Describe()}, p99 {sample.At(0.99).ToString("0.0", CultureInfo.InvariantCulture)} ms", "p99 <= 300 ms"),
            new("in the queue, of 10,000 and 1,000 repeats before any was answered", queued.ToString("#,0", CultureInfo.InvariantCulture), ">= 10,000: none lost"),
            new("memory above the start, at most", (memory / 1e6).ToString("0 MB", CultureInfo.InvariantCulture), "bounded"),
        ];
    }

    private static WebApplication Bot(TelegramServer server, IStorage storage, ConcurrentBag<TimeSpan> times)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Telegram:Token"] = server.Token, ["Telegram:ApiBase"] = server.Url.ToString(), ["Telegram:WebhookSecret"] = Secret,
        });
        builder.Services.AddSingleton(storage).AddSingleton(storage.Queues).AddSingleton(storage.Blobs).AddSingleton(storage.Tables);
        builder.Services.AddSingleton(_ => DefaultPolicy.Load()).AddBotDesk().AddTelegramBot(builder.Configuration);
        WebApplication app = builder.Build();
        TelegramWebhook webhook = app.Services.GetRequiredService<TelegramWebhook>();
        app.MapPost("/", async (HttpContext context) =>
        {
            long start = Stopwatch.GetTimestamp();
            context.Response.StatusCode = await webhook.ReceiveAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
            if (context.Response.StatusCode == StatusCodes.Status200OK) times.Add(Stopwatch.GetElapsedTime(start));
        });
        return app;
    }

    private static JsonObject UpdateOf(int i, StandInPerson person) => new()
    {
        ["update_id"] = 1_000_000 + i,
        ["message"] = new JsonObject
        {
            ["message_id"] = i + 1, ["date"] = 1_795_000_000, ["chat"] = new JsonObject { ["id"] = person.Id, ["type"] = "private", ["first_name"] = person.Name },
            ["from"] = new JsonObject { ["id"] = person.Id, ["is_bot"] = false, ["first_name"] = person.Name }, ["text"] = $"a red house number {i}",
        },
    };
}
