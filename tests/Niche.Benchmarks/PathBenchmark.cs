using System.Diagnostics;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Ledger;
using Niche.Bittensor.Keys;
using Niche.Functions.Local;
using Niche.Miner;
using Niche.Validator.Network;

namespace Niche.Benchmarks;

/// <summary>The whole path over real sockets: API, job rows, dendrite, axon, endpoint, gates, blob, receipt, answer. Everything in one process.</summary>
internal static class PathBenchmark
{
    private const ushort Netuid = 23;
    private const int WarmUp = 40, Requests = 200;

    public static async Task<Measurement[]> RunAsync(CancellationToken ct)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("niche-bench-");
        await using InstantEndpoint endpoint = await InstantEndpoint.StartAsync(ct).ConfigureAwait(false);
        using Keypair validator = Keypair.FromUri("//bench//validator"), hotkey = Keypair.FromUri("//bench//miner");
        await using WebApplication chain = await StartChainAsync(folder.FullName, validator, hotkey, ct).ConfigureAwait(false);
        Uri ledger = new(chain.Urls.First() + "/");
        await using WebApplication miner = MinerHost.Build(new MinerOptions
        {
            Hotkey = hotkey, Endpoints = [endpoint.Address], Chain = ChainAddress.Of(ledger), Urls = ["http://127.0.0.1:0"], ExternalIp = "127.0.0.1", TotalVolume = 256,
            Interval = TimeSpan.FromSeconds(1),
        }, services => services.AddLogging(logging => logging.ClearProviders()));
        await miner.StartAsync(ct).ConfigureAwait(false);
        using IHost functions = LocalFunctionsHost.Build(Settings(folder.FullName, ledger, endpoint.Address), builder => builder.Logging.ClearProviders());
        await functions.StartAsync(ct).ConfigureAwait(false);
        using HttpClient client = new() { BaseAddress = AddressOf(functions) };
        while ((await functions.Services.GetRequiredService<MinerStore>().ListAsync(ct).ConfigureAwait(false)).All(known => !known.Online))
            await Task.Delay(100, ct).ConfigureAwait(false);
        Measurement[] results = await MeasureAsync(client, endpoint, ct).ConfigureAwait(false);
        await functions.StopAsync(ct).ConfigureAwait(false);
        await miner.StopAsync(ct).ConfigureAwait(false);
        await (functions as IAsyncDisposable)!.DisposeAsync().ConfigureAwait(false);
        folder.Delete(recursive: true);
        return results;
    }

    private static async Task<Measurement[]> MeasureAsync(HttpClient client, InstantEndpoint endpoint, CancellationToken ct)
    {
        Sample there = new(), back = new(), both = new();
        for (int i = -WarmUp; i < Requests; i++)
        {
            long start = Stopwatch.GetTimestamp();
            using HttpResponseMessage response = await client.PostAsJsonAsync("v1/images/generations", new { prompt = "a red house", seed = 7 }, ct).ConfigureAwait(false);
            string answer = await response.Content.ReadAsStringAsync(ct).ConfigureAwait(false);
            long end = Stopwatch.GetTimestamp();
            if (!response.IsSuccessStatusCode) throw new InvalidOperationException(answer);
            if (i < 0) continue;
            there.Add(Stopwatch.GetElapsedTime(start, endpoint.Reached));
            back.Add(Stopwatch.GetElapsedTime(endpoint.Left, end));
            both.Add(Stopwatch.GetElapsedTime(start, endpoint.Reached) + Stopwatch.GetElapsedTime(endpoint.Left, end));
        }

        return
        [
            new("API accept to miner's endpoint", there.Describe()),
            new("endpoint to answer (gates, blob, receipt)", back.Describe()),
            new("both", both.Describe(), "p50 <= 15 ms, p95 <= 50 ms"),
        ];
    }

    private static async Task<WebApplication> StartChainAsync(string folder, Keypair validator, Keypair miner, CancellationToken ct)
    {
        LedgerOptions options = new()
        {
            Path = Path.Combine(folder, "ledger.json"),
            Subnets = new Dictionary<ushort, SubnetHyperparameters> { [Netuid] = LedgerOptions.DefaultRules with { ServingRateLimit = 0 } },
        };
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        app.MapLedger(await LedgerState.OpenAsync(options, TimeProvider.System, ct).ConfigureAwait(false));
        await app.StartAsync(ct).ConfigureAwait(false);
        using HttpClient http = new() { BaseAddress = new Uri(app.Urls.First() + "/") };
        LedgerClient ledger = new(http, TimeProvider.System);
        await ledger.RegisterAsync(Netuid, validator, 100_000, true, ct).ConfigureAwait(false);
        await ledger.RegisterAsync(Netuid, miner, 10, false, ct).ConfigureAwait(false);
        return app;
    }

    private static string[] Settings(string folder, Uri ledger, Uri reference) =>
    [
        "--urls", "http://127.0.0.1:0",
        "--Storage:Path", Path.Combine(folder, "storage"),
        "--Validator:HotkeySecret", "//bench//validator",
        "--Validator:ChainEndpoint", ledger.ToString(),
        "--Validator:ReferenceEndpoint", reference.ToString(),
        "--Validator:OrganicAudit", "0",
        "--Validator:RoundSeconds", "1",
        "--Validator:MaxSyntheticPerMiner", "1",
        "--Schedules:QueryRound", "0 0 3 * * *",
    ];

    private static Uri AddressOf(IHost host) => new(((WebApplication)host).Urls.First() + "/");
}
