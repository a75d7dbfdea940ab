using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Subtensor;
using Niche.Bittensor.Chain.Weights;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Tests.Vectors;
using Niche.Bittensor.Timelock;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>Weights by the real client, from a registration to what the strict node has stored: openly, hashed and timelocked.</summary>
public sealed class WeightJourneyTests : IDisposable
{
    private const ulong Tao = 1_000_000_000, KnownRound = 1000;

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
        await using var host = await StartAsync(generation, WeightMethod.Hash);
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
        await using var restarted = await host.AgainAsync(options => Configure(options, WeightMethod.Hash));
        var revealed = Done(Assert.Single(await restarted.Client.RevealWeightsAsync(1, _validator, Ct)));
        Assert.Equal((WeightStep.Revealed, reveal), (revealed.Step, revealed.Call));
        Assert.Equal("[[0,32768],[1,65535]]", NodeRulesTests.Stored(chain));
        Assert.Empty(await client.RevealWeightsAsync(1, _validator, Ct));
    }

    [Fact]
    public async Task A_commit_whose_epoch_passed_is_reported_once_and_forgotten()
    {
        await using var host = await StartAsync("dev", WeightMethod.Hash);
        ReadyForCommits(host.Chain);
        var hidden = Done(await host.Client.SendWeightsAsync(new WeightRequest(1, [0, 1], [1, 2], 0), _validator, Ct));
        host.Chain.SealTo(hidden.RevealBlock!.Value + 50);
        Assert.Equal(WeightStep.Expired, Assert.Single(await host.Client.RevealWeightsAsync(1, _validator, Ct)).Step);
        Assert.Empty(await host.Client.RevealWeightsAsync(1, _validator, Ct));
        Assert.Equal("[]", NodeRulesTests.Stored(host.Chain));
    }

    [Theory]
    [InlineData("dev", "commit_crv3_weights", 27)]
    [InlineData("finney", "commit_timelocked_mechanism_weights", 34)]
    public async Task The_chain_itself_opens_what_is_locked_to_a_round_of_drand(string generation, string call, int roundAtBlock)
    {
        // The one round whose signature is recorded must be the one that the client reckons with.
        var start = DrandQuicknet.TimeOf(KnownRound).AddSeconds(1 - (12 * roundAtBlock));
        await using var host = await StartAsync(generation, WeightMethod.Timelock, options => options with { Start = start });
        var chain = host.Chain;
        ReadyForCommits(chain);
        chain.Arrange(state => state.Set("Drand", "LastStoredRound", KnownRound - 20));
        chain.SealTo(22);
        var locked = Done(await host.Client.SendWeightsAsync(new WeightRequest(1, [0, 1], [1, 2], 0), _validator, Ct));
        Assert.Equal((WeightStep.Timelocked, call, KnownRound), (locked.Step, locked.Call, locked.RevealRound));
        chain.SealTo(locked.RevealBlock!.Value - 1);
        Assert.Equal("[]", NodeRulesTests.Stored(chain));
        chain.StorePulse(KnownRound, VectorFile.Full().GetProperty("timelock").Hex("signature"));
        chain.Seal();
        Assert.Equal("[[0,32768],[1,65535]]", NodeRulesTests.Stored(chain));
    }

    [Fact]
    public async Task A_dry_run_is_exactly_what_is_sent()
    {
        await using var host = await StartAsync("finney", WeightMethod.Hash);
        ReadyForCommits(host.Chain);
        host.Chain.Arrange(state => state.Set("CommitRevealWeightsEnabled", false, 1));
        var request = new WeightRequest(1, [0, 1], [1, 2], 7);
        var plan = await host.Client.PlanWeightsAsync(request, _validator.PublicKey.ToArray(), Ct);
        Done(await host.Client.SendWeightsAsync(request, _validator, Ct));
        var sent = host.Chain.Best.Extrinsics[1];
        Assert.Equal(plan.Call.Data.ToArray(), sent[^plan.Call.Data.Length..]);
    }

    private static WeightsResult Done(WeightsResult result)
    {
        Assert.True(result.Success, $"{result.Step} {result.Call} {result.Extrinsic.Outcome} {result.Error} {result.Extrinsic.Detail}");
        return result;
    }

    private Task<ClientHost> StartAsync(string generation, WeightMethod by, Func<NodeOptions, NodeOptions>? bend = null)
    {
        var options = NodeRulesTests.Options(generation);
        return ClientHost.StartAsync(bend?.Invoke(options) ?? options, configure: one => Configure(one, by));
    }

    private void Configure(SubtensorOptions options, WeightMethod by)
    {
        options.CommitBy = by;
        options.Commits = new FileWeightCommitStore(Path.Combine(_folder, "commits.json"));
    }

    private void ReadyForCommits(NodeChain chain)
    {
        chain.Arrange(state =>
        {
            state.Set("CommitRevealWeightsEnabled", true, 1);
            state.Set("WeightsSetRateLimit", 0, 1);
        });
        chain.AddNeuron(1, _miner.Address, _cold.Address);
        chain.AddNeuron(1, _validator.Address, _cold.Address, stake: Tao, permit: true);
        chain.Seal();
    }
}
