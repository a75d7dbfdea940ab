using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Niche.Bittensor.Chain.Ledger;
using Niche.Bittensor.Keys;

namespace Niche.Cli.Tests.Rig;

/// <summary>A real ledger on a loopback port, where blocks last 50 ms.</summary>
public sealed class LocalLedger : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly LedgerState _state;
    private readonly HttpClient _http = new();
    private readonly DirectoryInfo _folder;

    private LocalLedger(WebApplication app, LedgerState state, DirectoryInfo folder)
    {
        (_app, _state, _folder) = (app, state, folder);
        _http.BaseAddress = new Uri(Url);
        Client = new LedgerClient(_http, TimeProvider.System);
    }

    public string Url => _app.Urls.Single() + "/";

    public LedgerClient Client { get; }

    public static async Task<LocalLedger> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("niche-ledger-");
        var rules = LedgerOptions.DefaultRules with { ServingRateLimit = 0, WeightsRateLimit = 0 };
        LedgerOptions options = new()
        {
            Path = Path.Combine(folder.FullName, "ledger.json"), BlockTime = TimeSpan.FromMilliseconds(50), Subnets = new Dictionary<ushort, Bittensor.Chain.SubnetHyperparameters> { [23] = rules },
        };
        var state = await LedgerState.OpenAsync(options, TimeProvider.System, TestContext.Current.CancellationToken);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapLedger(state);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new LocalLedger(app, state, folder);
    }

    /// <summary>Registers the key of a secret URI.</summary>
    public async Task RegisterAsync(string uri, double stake, bool permit)
    {
        using var pair = Keypair.FromUri(uri);
        var result = await Client.RegisterAsync(23, pair, stake, permit, TestContext.Current.CancellationToken);
        Assert.True(result.Success, result.Error);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        _state.Dispose();
        _folder.Delete(recursive: true);
    }
}
