using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Subtensor;
using Niche.Bittensor.Chain.Weights;
using Niche.Bittensor.Keys;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>All that a validator does on chain in its life, by the real client against the strict node.</summary>
public sealed class WeightJourneyTests : IDisposable
{
    private const ulong Tao = 1_000_000_000;

    private readonly Keypair _cold = Keypair.FromUri("//Alice");
    private readonly Keypair _validator = Keypair.FromUri("//Alice//hk");
    private readonly Keypair _miner = Keypair.FromUri("//Bob//hk");
    private readonly string _folder = Directory.CreateTempSubdirectory("weights-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _cold.Dispose();
        _validator.Dispose();
        _miner.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("dev", "set_weights", "commit_weights", "reveal_weights")]
    [InlineData("finney", "set_mechanism_weights", "commit_mechanism_weights", "reveal_mechanism_weights")]
    public async Task From_registration_to_revealed_weights(string generation, string set, string commit, string reveal)
    {
        await using var host = await ClientHost.StartAsync(NodeRulesTests.Options(generation), configure: Configure);
        var (client, chain) = (host.Client, host.Chain);
        chain.Fund(_cold.Address, 100 * Tao);
        foreach (var hotkey in new[] { _miner, _validator }) Assert.True((await client.RegisterAsync(1, hotkey.Address, _cold, Tao, Ct)).Success);
        Assert.True((await client.ServeAxonAsync(1, new AxonEndpoint("203.0.113.5", 8091, _miner.Address), _miner, Ct)).Success);

        // Refused before anything is sent: the block does not move.
        var before = chain.Best.Number;
        var kept = await client.SendWeightsAsync(new WeightRequest(1, [0], [1], 0), _validator, Ct);
        Assert.Equal((WeightStep.Kept, false, before), (kept.Step, kept.Success, chain.Best.Number));

        chain.Arrange(state => state.Set("TotalHotkeyAlpha", 10 * Tao, _validator.Address, 1));
        chain.Seal(111); // The rate limit, and an epoch that gives the permit.
        var open = Done(await client.SendWeightsAsync(new WeightRequest(1, [0, 1], [3, 1], 0), _validator, Ct));
        Assert.Equal((WeightStep.Set, set), (open.Step, open.Call));
        Assert.Equal("[[0,65535],[1,21845]]", NodeRulesTests.Stored(chain));

        chain.Arrange(state => state.Set("CommitRevealWeightsEnabled", true, 1));
        chain.SealTo(((chain.Best.Number + 110) / 11 * 11) + 1); // Past the rate limit, and early in an epoch.
        var hidden = Done(await client.SendWeightsAsync(new WeightRequest(1, [0, 1], [1, 2], 0), _validator, Ct));
        Assert.Equal((WeightStep.Committed, commit), (hidden.Step, hidden.Call));
        Assert.Empty(await client.RevealWeightsAsync(1, _validator, Ct));
        chain.SealTo(hidden.RevealBlock!.Value);

        // Another process with the same file goes on where this one would.
        await using var restarted = await host.AgainAsync(Configure);
        var revealed = Done(Assert.Single(await restarted.Client.RevealWeightsAsync(1, _validator, Ct)));
        Assert.Equal((WeightStep.Revealed, reveal), (revealed.Step, revealed.Call));
        Assert.Equal("[[0,32768],[1,65535]]", NodeRulesTests.Stored(chain));
        Assert.Empty(await client.RevealWeightsAsync(1, _validator, Ct));
    }

    private static WeightsResult Done(WeightsResult result)
    {
        Assert.True(result.Success, $"{result.Step} {result.Call} {result.Extrinsic.Outcome} {result.Error} {result.Extrinsic.Detail}");
        return result;
    }

    private void Configure(SubtensorOptions options)
    {
        options.CommitBy = WeightMethod.Hash;
        options.Commits = new FileWeightCommitStore(Path.Combine(_folder, "commits.json"));
    }
}
