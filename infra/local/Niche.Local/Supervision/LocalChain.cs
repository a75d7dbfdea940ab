using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Ledger;
using Niche.Bittensor.Keys;

namespace Niche.Local.Supervision;

/// <summary>The ledger that stands in for the chain, inside the box's own process: a hundred blocks make a round, whatever its length.</summary>
internal sealed class LocalChain : IAsyncDisposable
{
    public const ushort Netuid = 23;
    private const int BlocksPerRound = 100;
    private const double ValidatorStake = 100_000, MinerStake = 10;
    private readonly WebApplication _app;
    private readonly LedgerState _state;

    private LocalChain(WebApplication app, LedgerState state) => (_app, _state) = (app, state);

    /// <summary>Opens the ledger of the folder, serves it and registers everybody.</summary>
    public static async Task<LocalChain> StartAsync(Uri address, string folder, TimeSpan round, BoxKeys keys, BoxPlan plan, CancellationToken ct)
    {
        SubnetHyperparameters rules = LedgerOptions.DefaultRules with { WeightsRateLimit = BlocksPerRound / 2, ServingRateLimit = 1, MinAllowedWeights = 1 };
        LedgerOptions options = new()
        {
            Path = Path.Combine(folder, "ledger.json"),
            BlockTime = round / BlocksPerRound,
            Subnets = new Dictionary<ushort, SubnetHyperparameters> { [Netuid] = rules },
        };
        LedgerState state = await LedgerState.OpenAsync(options, TimeProvider.System, ct).ConfigureAwait(false);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(address.ToString());
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        app.MapLedger(state);
        await app.StartAsync(ct).ConfigureAwait(false);
        LocalChain chain = new(app, state);
        await RegisterAsync(address, keys, plan, ct).ConfigureAwait(false);
        return chain;
    }

    /// <summary>Stops serving.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync().ConfigureAwait(false);
        _state.Dispose();
    }

    private static async Task RegisterAsync(Uri address, BoxKeys keys, BoxPlan plan, CancellationToken ct)
    {
        using HttpClient http = new() { BaseAddress = address };
        LedgerClient ledger = new(http, TimeProvider.System);
        using Keypair validator = Keypair.FromUri(keys.Validator);
        Check(await ledger.RegisterAsync(Netuid, validator, ValidatorStake, true, ct).ConfigureAwait(false));
        foreach (BoxMiner miner in plan.Miners)
        {
            using Keypair hotkey = Keypair.FromUri(miner.Secret);
            Check(await ledger.RegisterAsync(Netuid, hotkey, MinerStake, false, ct).ConfigureAwait(false));
        }
    }

    private static void Check(ExtrinsicResult result)
    {
        if (!result.Success) throw new BoxException($"The ledger refused a registration: {result.Error}.");
    }
}
