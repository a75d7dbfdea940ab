using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Ledger;
using Niche.Bittensor.Keys;

namespace Niche.Validator.Tests.Rig;

/// <summary>A real ledger on a socket.</summary>
public sealed class LocalChain : IAsyncDisposable
{
    public const ushort Netuid = 23;
    private readonly LedgerState _state;
    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private LocalChain(LedgerState state, WebApplication app)
    {
        (_state, _app, Address) = (state, app, new Uri(app.Urls.Single()));
        _http = new HttpClient { BaseAddress = Address };
    }

    public Uri Address { get; }

    public static async Task<LocalChain> StartAsync(string folder, TimeProvider time, SubnetHyperparameters rules)
    {
        LedgerOptions options = new()
        {
            Path = Path.Combine(folder, "ledger.json"),
            Subnets = new Dictionary<ushort, SubnetHyperparameters> { [Netuid] = rules },
        };
        LedgerState state = await LedgerState.OpenAsync(options, time, TestContext.Current.CancellationToken);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        app.MapLedger(state);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new LocalChain(state, app);
    }

    public async Task RegisterAsync(Keypair hotkey, double stake, bool permit, TimeProvider time)
    {
        ExtrinsicResult result = await new LedgerClient(_http, time)
            .RegisterAsync(Netuid, hotkey, stake, permit, TestContext.Current.CancellationToken);
        Assert.Null(result.Error);
    }

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public Metagraph Metagraph() => _state.Metagraph(Netuid)!;

    public IReadOnlyList<LedgerWeights> Weights() => _state.Weights(Netuid)!;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        _state.Dispose();
    }
}
