using System.Globalization;
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
using Niche.Miner.Work;

namespace Niche.Functions.Tests.Rig;

/// <summary>A whole small subnet in this process: ledger, one honest miner with the shared endpoint, and the validator's functions on a port.</summary>
public sealed class SmallSubnet : IAsyncDisposable
{
    private const ushort Netuid = 23;
    private const double ValidatorStake = 100_000, MinerStake = 10;
    private readonly string _folder = Directory.CreateTempSubdirectory("niche-functions-").FullName;
    private readonly List<IAsyncDisposable> _apps = [];
    private readonly List<IDisposable> _owned = [];
    private IHost _functions = null!;
    private string[] _args = [];

    private SmallSubnet()
    {
    }

    public HttpClient Http { get; private set; } = null!;

    public Uri Url { get; private set; } = null!;

    /// <summary>Folder of the validator's storage.</summary>
    public string Storage => Path.Combine(_folder, "storage");

    public LogOfEverything Log { get; } = new();

    public HeldWork Miner { get; private set; } = null!;

    public IServiceProvider Services => _functions.Services;

    /// <summary>Starts everything; settings are pairs of name and value.</summary>
    /// <param name="endpoint">The shared endpoint; null leaves miner and references without one.</param>
    /// <param name="withMiner">A miner is registered and serves.</param>
    /// <param name="settings">Settings of the validator beside the usual ones, "name=value".</param>
    public static async Task<SmallSubnet> StartAsync(Uri endpoint, bool withMiner, params string[] settings)
    {
        SmallSubnet subnet = new();
        Uri chain = await subnet.StartLedgerAsync();
        await RegisterAsync(chain, "//Alice", ValidatorStake, true);
        if (withMiner)
        {
            await RegisterAsync(chain, "//Bob", MinerStake, false);
            await subnet.StartMinerAsync(chain, endpoint);
        }

        await subnet.StartFunctionsAsync(chain, endpoint, settings);
        return subnet;
    }

    /// <summary>Waits until a prompt would be painted.</summary>
    public Task WhenReadyAsync() => Eventually.TrueAsync(async () =>
    {
        using HttpResponseMessage answer = await Http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.IsSuccessStatusCode;
    });

    /// <summary>Stops the validator's functions and starts them again on the same storage.</summary>
    public async Task RestartAsync()
    {
        await StopFunctionsAsync();
        await StartFunctionsAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Miner?.Release();
        await StopFunctionsAsync();
        foreach (IAsyncDisposable app in _apps) await app.DisposeAsync();
        foreach (IDisposable owned in _owned) owned.Dispose();
        Directory.Delete(_folder, true);
    }

    private async Task StopFunctionsAsync()
    {
        Http.Dispose();
        using (CancellationTokenSource limit = new(TimeSpan.FromSeconds(20))) await _functions.StopAsync(limit.Token);
        await ((IAsyncDisposable)_functions).DisposeAsync();
    }

    private async Task StartFunctionsAsync(Uri chain, Uri endpoint, string[] settings)
    {
        string[] usual =
        [
            "Validator:HotkeySecret=//Alice", $"Validator:ChainEndpoint={chain}", $"Validator:ReferenceEndpoint={endpoint}", $"Storage:Path={Storage}",
            "Validator:RoundSeconds=3600", "Validator:MaxSyntheticPerMiner=1", "Validator:OrganicAudit=0", "Schedules:QueryRound=0 0 0 1 1 *",
            "Schedules:SyncMetagraph=00:00:01", "Schedules:RefreshCapacity=00:00:01", "hostBuilder:reloadConfigOnChange=false",
            // Rounds would ask the miner behind the back of the tests.
            "AzureWebJobs.SyntheticJobs.Disabled=true",
        ];
        _args = [.. usual.Concat(settings).SelectMany(setting => setting.Split('=', 2) is [var name, var value] ? new[] { "--" + name, value } : [])];
        await StartFunctionsAsync();
    }

    private async Task StartFunctionsAsync()
    {
        _functions = LocalFunctionsHost.Build(["--urls", "http://127.0.0.1:0", .. _args], builder =>
        {
            builder.Logging.ClearProviders().AddProvider(Log).SetMinimumLevel(LogLevel.Trace).AddFilter((_, _) => true);
        });
        await _functions.StartAsync(TestContext.Current.CancellationToken);
        Url = new Uri(((WebApplication)_functions).Urls.First());
        Http = new HttpClient { BaseAddress = Url };
    }

    private async Task<Uri> StartLedgerAsync()
    {
        SubnetHyperparameters rules = LedgerOptions.DefaultRules with { ServingRateLimit = 1, MinAllowedWeights = 1 };
        LedgerOptions options = new() { Path = Path.Combine(_folder, "ledger.json"), Subnets = new Dictionary<ushort, SubnetHyperparameters> { [Netuid] = rules } };
        LedgerState state = await LedgerState.OpenAsync(options, TimeProvider.System, TestContext.Current.CancellationToken);
        _owned.Add(state);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        app.MapLedger(state);
        await app.StartAsync(TestContext.Current.CancellationToken);
        _apps.Add(app);
        return new Uri(app.Urls.First());
    }

    private async Task StartMinerAsync(Uri chain, Uri endpoint)
    {
        Keypair hotkey = Keypair.FromUri("//Bob");
        _owned.Add(hotkey);
        MinerOptions options = new()
        {
            Hotkey = hotkey, Endpoints = [endpoint], Chain = ChainAddress.Of(chain), Urls = ["http://127.0.0.1:0"], Netuid = Netuid, TotalVolume = 256,
            Interval = TimeSpan.FromHours(1), ExternalIp = "127.0.0.1", MetagraphInterval = TimeSpan.FromSeconds(1),
        };
        WebApplication miner = MinerHost.Build(options, services =>
        {
            services.AddLogging(logging => logging.ClearProviders());
            ServiceDescriptor honest = services.Last(service => service.ServiceType == typeof(IMinerWork));
            services.AddSingleton(provider => new HeldWork((IMinerWork)ActivatorUtilities.CreateInstance(provider, honest.ImplementationType!)));
            services.AddSingleton<IMinerWork>(provider => provider.GetRequiredService<HeldWork>());
        });
        Miner = miner.Services.GetRequiredService<HeldWork>();
        await miner.StartAsync(TestContext.Current.CancellationToken);
        _apps.Add(miner);
    }

    private static async Task RegisterAsync(Uri chain, string secret, double stake, bool permit)
    {
        using HttpClient http = new() { BaseAddress = chain };
        using Keypair key = Keypair.FromUri(secret);
        ExtrinsicResult result = await new LedgerClient(http, TimeProvider.System).RegisterAsync(Netuid, key, stake, permit, TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Create(CultureInfo.InvariantCulture, $"{result.Error}"));
    }
}
