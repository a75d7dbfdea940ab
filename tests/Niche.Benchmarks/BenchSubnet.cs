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

/// <summary>Ledger, one miner with an endpoint that answers at once, and the validator's functions, in this process over real sockets.</summary>
internal sealed class BenchSubnet : IAsyncDisposable
{
    private const ushort Netuid = 23;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("niche-bench-");
    private readonly Keypair _validator = Keypair.FromUri("//bench//validator"), _hotkey = Keypair.FromUri("//bench//miner");
    private WebApplication _chain = null!, _miner = null!;
    private IHost? _functions;

    private BenchSubnet(InstantEndpoint endpoint) => Endpoint = endpoint;

    public InstantEndpoint Endpoint { get; }

    /// <summary>Where the functions listen.</summary>
    public Uri Address => new(((WebApplication)_functions!).Urls.First() + "/");

    /// <summary>Arguments of functions that are a process of their own.</summary>
    public IReadOnlyList<string> FunctionsArguments => Settings(_folder.FullName, new Uri(_chain.Urls.First() + "/"), Endpoint.Address);

    /// <summary>Starts everything and waits for the miner; settings are arguments of the functions' host beside the usual ones.</summary>
    public static async Task<BenchSubnet> StartAsync(string[] settings, CancellationToken ct)
    {
        BenchSubnet subnet = await StartWithoutFunctionsAsync(ct).ConfigureAwait(false);
        IHost functions = subnet._functions = LocalFunctionsHost.Build([.. subnet.FunctionsArguments, .. settings], builder => builder.Logging.ClearProviders());
        await functions.StartAsync(ct).ConfigureAwait(false);
        while ((await functions.Services.GetRequiredService<MinerStore>().ListAsync(ct).ConfigureAwait(false)).All(known => !known.Online))
            await Task.Delay(100, ct).ConfigureAwait(false);
        return subnet;
    }

    /// <summary>Starts ledger and miner, for functions that run elsewhere.</summary>
    public static async Task<BenchSubnet> StartWithoutFunctionsAsync(CancellationToken ct)
    {
        BenchSubnet subnet = new(await InstantEndpoint.StartAsync(ct).ConfigureAwait(false));
        subnet._chain = await StartChainAsync(subnet._folder.FullName, subnet._validator, subnet._hotkey, ct).ConfigureAwait(false);
        Uri ledger = new(subnet._chain.Urls.First() + "/");
        subnet._miner = MinerHost.Build(new MinerOptions
        {
            Hotkey = subnet._hotkey, Endpoints = [subnet.Endpoint.Address], Chain = ChainAddress.Of(ledger), Urls = ["http://127.0.0.1:0"], ExternalIp = "127.0.0.1",
            TotalVolume = 256, Interval = TimeSpan.FromSeconds(1),
        }, services => services.AddLogging(logging => logging.ClearProviders()));
        await subnet._miner.StartAsync(ct).ConfigureAwait(false);
        return subnet;
    }

    public async ValueTask DisposeAsync()
    {
        if (_functions is not null)
        {
            using CancellationTokenSource limit = new(TimeSpan.FromSeconds(10));
            await _functions.StopAsync(limit.Token).ConfigureAwait(false);
            await ((IAsyncDisposable)_functions).DisposeAsync().ConfigureAwait(false);
        }

        await _miner.StopAsync().ConfigureAwait(false);
        await _miner.DisposeAsync().ConfigureAwait(false);
        await _chain.DisposeAsync().ConfigureAwait(false);
        await Endpoint.DisposeAsync().ConfigureAwait(false);
        _validator.Dispose();
        _hotkey.Dispose();
        _folder.Delete(recursive: true);
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
}
