using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Niche.Attacks;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Ledger;
using Niche.Bittensor.Dendrite;
using Niche.Bittensor.Keys;

namespace Niche.Miner.Tests.Rig;

/// <summary>A real miner (//Bob) on a socket, a real ledger as its chain, and validators that call it.</summary>
public sealed class MinerRig : IAsyncDisposable
{
    private readonly List<IDisposable> _owned = [];
    private readonly HttpClient _http = new(DendriteClient.CreateHandler());
    private readonly TimeProvider _time;
    private readonly string _ledgerFile = Path.Combine(Path.GetTempPath(), $"niche-miner-{Guid.NewGuid():N}.json");
    private WebApplication? _ledger;
    private WebApplication? _miner;

    private MinerRig(TimeProvider time) => _time = time;

    public TestLog Log { get; } = new();

    public Keypair Hotkey { get; } = Keypair.FromUri("//Bob");

    public Uri Address => new(_miner!.Urls.Single());

    public AxonEndpoint Axon => new("127.0.0.1", Address.Port, Hotkey.Address);

    public HttpClient Http => _http;

    public ISubtensor Chain { get; private set; } = null!;

    public IServiceProvider Services => _miner!.Services;

    /// <summary>Starts ledger and miner; Alice is a validator with much stake.</summary>
    public static async Task<MinerRig> StartAsync(
        IReadOnlyList<Uri> endpoints, Func<MinerOptions, MinerOptions>? change = null, string? attack = null, TimeProvider? time = null, bool wait = true)
    {
        var rig = new MinerRig(time ?? TimeProvider.System);
        var chain = await rig.StartLedgerAsync();
        rig.Chain = new LedgerClient(rig.Owned(new HttpClient { BaseAddress = chain }), rig._time);
        await rig.RegisterAsync("//Bob", 0, permit: false);
        await rig.RegisterAsync("//Alice", 50_000, permit: true);
        var options = new MinerOptions { Hotkey = rig.Hotkey, Endpoints = endpoints, Chain = ChainAddress.Of(chain), Urls = ["http://127.0.0.1:0"] };
        options = change?.Invoke(options) ?? options;
        rig._miner = attack is null ? MinerHost.Build(options, rig.Configure) : AttackHost.Build(attack, options, rig.Configure);
        await rig._miner.StartAsync(TestContext.Current.CancellationToken);
        while (wait && await rig.StatusAsync("/health/ready") != HttpStatusCode.OK) await Task.Yield();
        return rig;
    }

    /// <summary>Puts a hotkey on the ledger; the miner sees it at its next reading.</summary>
    public async Task RegisterAsync(string uri, double stake, bool permit)
    {
        using var key = Keypair.FromUri(uri);
        var result = await ((LedgerClient)Chain).RegisterAsync(23, key, stake, permit, TestContext.Current.CancellationToken);
        Assert.Null(result.Error);
    }

    /// <summary>A dendrite of a hotkey.</summary>
    public DendriteClient As(string uri) =>
        new(Owned(Keypair.FromUri(uri)), _http, _time, new DendriteOptions { MaxResponseBytes = 1 << 20 });

    public async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var response = await _http.GetAsync(new Uri(Address, path), TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_miner is not null) await _miner.DisposeAsync();
        if (_ledger is not null) await _ledger.DisposeAsync();
        foreach (var owned in _owned) owned.Dispose();
        _http.Dispose();
        Hotkey.Dispose();
        File.Delete(_ledgerFile);
    }

    private void Configure(IServiceCollection services)
    {
        services.AddSingleton(_time);
        services.AddLogging(logging =>
        {
            logging.ClearProviders();
            logging.SetMinimumLevel(LogLevel.Trace);
            logging.AddFilter((_, _) => true);
            logging.AddProvider(Log);
        });
    }

    private async Task<Uri> StartLedgerAsync()
    {
        var state = Owned(await LedgerState.OpenAsync(new LedgerOptions { Path = _ledgerFile }, _time, TestContext.Current.CancellationToken));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _ledger = builder.Build();
        _ledger.MapLedger(state);
        await _ledger.StartAsync(TestContext.Current.CancellationToken);
        return new Uri(_ledger.Urls.Single());
    }

    private T Owned<T>(T owned)
        where T : IDisposable
    {
        _owned.Add(owned);
        return owned;
    }
}
