using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Submission;
using Niche.Bittensor.Chain.Subtensor;
using Niche.Bittensor.Chain.Weights;
using Niche.Bittensor.Keys;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>The real client from registration to weights, against the strict node, on both generations of the chain and over both transports.</summary>
public sealed class ClientJourneyTests : IDisposable
{
    private const ulong Tao = 1_000_000_000;

    private readonly Keypair _cold = Keypair.FromUri("//Alice");
    private readonly Keypair _validator = Keypair.FromUri("//Alice//hk");
    private readonly Keypair _miner = Keypair.FromUri("//Bob//hk");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _cold.Dispose();
        _validator.Dispose();
        _miner.Dispose();
    }

    [Theory]
    [InlineData("dev", false)]
    [InlineData("dev", true)]
    [InlineData("finney", false)]
    [InlineData("finney", true)]
    public async Task Register_serve_and_set_weights(string generation, bool overWebSocket)
    {
        await using var host = await ClientHost.StartAsync(NodeRulesTests.Options(generation), overWebSocket);
        var (client, chain) = (host.Client, host.Chain);

        // Without money, then with it; never twice, never above the price.
        Assert.Equal(ExtrinsicOutcome.Refused, (await client.RegisterAsync(1, _validator.Address, _cold, Tao, Ct)).Outcome);
        chain.Fund(_cold.Address, 100 * Tao);
        Assert.Equal("CostTooHigh", (await client.RegisterAsync(1, _validator.Address, _cold, 1, Ct)).Error);
        foreach (var hotkey in new[] { _miner, _validator }) Done(await client.RegisterAsync(1, hotkey.Address, _cold, Tao, Ct));
        var twice = await client.RegisterAsync(1, _validator.Address, _cold, Tao, Ct);
        Assert.Equal((ExtrinsicOutcome.Failed, "HotKeyAlreadyRegisteredInSubNet"), (twice.Outcome, twice.Error));

        // The miner's hotkey has no account and no money: serving is free.
        var axon = new AxonEndpoint("203.0.113.5", 8091, _miner.Address);
        var served = Done(await client.ServeAxonAsync(1, axon, _miner, Ct));
        Assert.NotNull(served.Block);
        Assert.Null(Done(await client.ServeAxonAsync(1, axon, _miner, Ct)).Hash); // Known already: nothing was sent.
        Assert.Equal("ServingRateLimitExceeded", (await client.ServeAxonAsync(1, axon with { Port = 8092 }, _miner, Ct)).Error);
        Assert.False((await client.ServeAxonAsync(1, axon with { Ip = "127.0.0.1" }, _miner, Ct)).Success);
        var graph = await client.GetMetagraphAsync(1, Ct);
        Assert.Equal([_miner.Address, _validator.Address], graph.Neurons.Select(neuron => neuron.Hotkey));
        Assert.Equal(axon, graph.Neurons[0].Axon);

        // Too fast after registration, then without a permit, then done.
        var fast = await Weights([0], [1]);
        Assert.Equal(generation == "dev" ? (ExtrinsicOutcome.Failed, "SettingWeightsTooFast") : (ExtrinsicOutcome.Refused, "RateLimitExceeded"), (fast.Outcome, fast.Error));
        chain.Seal(100);
        Assert.Equal("NeuronNoValidatorPermit", (await Weights([0], [1])).Error);
        chain.Arrange(state => state.Set("TotalHotkeyAlpha", 10 * Tao, _validator.Address, 1));
        chain.Seal(11);
        Done(await Weights([0, 1], [3, 1]));
        Assert.Equal("[[0,65535],[1,21845]]", NodeRulesTests.Stored(chain));
        Assert.Equal(chain.Best.Number, (await client.GetMetagraphAsync(1, Ct)).Neurons[1].LastUpdate);

        Task<ExtrinsicResult> Weights(ushort[] uids, ushort[] values) => client.SubmitAsync(SubtensorCalls.SetWeights(1, uids, values, 0), _validator, Ct);
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("finney")]
    public async Task Commit_and_reveal(string generation)
    {
        await using var host = await ClientHost.StartAsync(NodeRulesTests.Options(generation));
        var (client, chain) = (host.Client, host.Chain);
        chain.Arrange(state =>
        {
            state.Set("CommitRevealWeightsEnabled", true, 1);
            state.Set("WeightsSetRateLimit", 0, 1);
        });
        chain.AddNeuron(1, _miner.Address, _cold.Address);
        chain.AddNeuron(1, _validator.Address, _cold.Address, stake: Tao, permit: true);
        Assert.Equal("CommitRevealEnabled", (await client.SubmitAsync(SubtensorCalls.SetWeights(1, [0], [1], 0), _validator, Ct)).Error);

        ushort[] uids = [0, 1], values = [1, 2], salt = [9, 8, 7, 6, 5, 4, 3, 2];
        var hash = WeightCommitHash.Compute(_validator.PublicKey, new WeightRequest(1, uids, values, 0), salt);
        chain.SealTo(21);
        Done(await client.SubmitAsync(CallDraft.Of("SubtensorModule", "commit_weights", ("netuid", 1), ("commit_hash", hash)), _validator, Ct));
        var early = await Reveal();
        Assert.Equal((ExtrinsicOutcome.Refused, "CommitNotInRevealRange"), (early.Outcome, early.Error));
        chain.SealTo(30);
        Done(await Reveal());
        Assert.Equal("[[0,32768],[1,65535]]", NodeRulesTests.Stored(chain));
        Assert.Equal("CommitNotFound", (await Reveal()).Error);

        Task<ExtrinsicResult> Reveal() => client.SubmitAsync(
            CallDraft.Of("SubtensorModule", "reveal_weights", ("netuid", 1), ("uids", uids), ("values", values), ("salt", salt), ("version_key", 0)), _validator, Ct);
    }

    [Fact]
    public async Task Many_calls_of_one_key_at_the_same_time_all_get_in_with_nonces_of_their_own()
    {
        await using var host = await ClientHost.StartAsync(NodeOptions.Dev293, overWebSocket: true);
        host.Chain.Fund(_cold.Address, 100 * Tao);
        var results = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => host.Client.TransferAsync(_miner.Address, (ulong)i * Tao, _cold, Ct)));
        Assert.All(results, result => Done(result));
        Assert.Equal(8U, host.Chain.NextNonce(_cold.PublicKey.ToArray()));
        Assert.Equal(36 * Tao, host.Chain.Best.State.Free(_miner.PublicKey.ToArray()));
    }

    [Fact]
    public async Task A_new_runtime_is_noticed_and_signed_for()
    {
        await using var host = await ClientHost.StartAsync(NodeOptions.Dev293);
        host.Chain.Fund(_cold.Address, 100 * Tao);
        Done(await host.Client.TransferAsync(_miner.Address, Tao, _cold, Ct));
        host.Chain.Upgrade(294);
        host.Chain.Seal(3);
        Done(await host.Client.TransferAsync(_miner.Address, Tao, _cold, Ct));
    }

    private static ExtrinsicResult Done(ExtrinsicResult result)
    {
        Assert.True(result.Success, $"{result.Outcome} {result.Error} {result.Detail}");
        return result;
    }
}
