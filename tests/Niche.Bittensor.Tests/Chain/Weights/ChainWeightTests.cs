using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Weights;
using Niche.Bittensor.Tests.RecordedChain;
using Niche.Bittensor.Tests.Vectors;
using Niche.Bittensor.Timelock;

namespace Niche.Bittensor.Tests.Chain.Weights;

/// <summary>Weights through the real client onto a strict node of either generation.</summary>
public class ChainWeightTests
{
    private const ushort Netuid = WeightNetwork.Netuid;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static byte[] Signature => VectorFile.Extract.GetProperty("timelock").Hex("signature");

    public static TheoryData<string> Generations => NodeRulesTests.Generations;

    [Theory]
    [InlineData("dev", "set_weights")]
    [InlineData("finney", "set_mechanism_weights")]
    public async Task Open_weights_are_set_by_the_call_that_the_runtime_has(string generation, string call)
    {
        await using var network = await WeightNetwork.StartAsync(Node(generation), commitReveal: false);
        var result = await SetAsync(network);
        Assert.True(result.Success, $"{result.Error}: {result.Extrinsic.Detail}");
        Assert.Equal((WeightStep.Set, call, null, null), (result.Step, result.Call, result.RevealRound, result.RevealBlock));
        Assert.Equal("[[0,32768],[1,65535]]", network.Stored());
    }

    [Fact]
    public async Task What_the_chain_is_sure_to_refuse_is_not_sent()
    {
        await using var network = await WeightNetwork.StartAsync(NodeOptions.Finney393, commitReveal: false);
        network.Chain.Arrange(state => state.Set("WeightsSetRateLimit", 100, Netuid));
        Assert.True((await SetAsync(network)).Success);

        var result = await SetAsync(network);

        Assert.Equal((WeightStep.Kept, null, "SettingWeightsTooFast"), (result.Step, result.Call, result.Error));
        Assert.Equal(ExtrinsicOutcome.Refused, result.Extrinsic.Outcome);
        Assert.Contains("wait until block 102", result.Extrinsic.Detail, StringComparison.Ordinal);
        Assert.Equal(1U, network.Chain.NextNonce(network.Hotkey.PublicKey.ToArray()));
    }

    [Fact]
    public async Task A_lack_of_stake_is_only_a_caution_and_the_chains_word_counts()
    {
        await using var network = await WeightNetwork.StartAsync(NodeOptions.Dev293, commitReveal: false);
        network.Chain.Arrange(state => state.Set("StakeThreshold", 2_000_000_000, []));
        var plan = await network.Client.PlanWeightsAsync(Request, network.Hotkey.PublicKey.ToArray(), Ct);
        Assert.Equal(("NotEnoughStakeToSetWeights", false), (Assert.Single(plan.Objections).Code, plan.Objections[0].IsCertain));
        Assert.True(plan.MaySend);

        var result = await SetAsync(network);
        Assert.Equal((WeightStep.Set, false), (result.Step, result.Success));
    }

    [Fact]
    public async Task A_plan_is_what_is_sent_then_and_sends_nothing_itself()
    {
        await using var network = await WeightNetwork.StartAsync(NodeOptions.Finney393, commitReveal: false);
        var plan = await network.Client.PlanWeightsAsync(Request, network.Hotkey.PublicKey.ToArray(), Ct);
        Assert.Equal(0U, network.Chain.NextNonce(network.Hotkey.PublicKey.ToArray()));
        var sent = await network.Client.SendWeightsAsync(Request, network.Hotkey, Ct);
        var bytes = Convert.ToHexStringLower(network.Chain.At(sent.Extrinsic.Block!.Value)!.Extrinsics[1]);
        Assert.EndsWith(Convert.ToHexStringLower(plan.Call.Data.Span), bytes, StringComparison.Ordinal);
    }

    /// <summary>The chain's clock is set so that the reveal falls into round 1000, of which the network's real signature is known.</summary>
    [Fact]
    public async Task Finney_opens_our_timelocked_weights_with_the_networks_signature()
    {
        // Committed in epoch 2, revealed from block 31 on; locked to the round of block 34.
        var start = DrandQuicknet.TimeOf(1000) - (34 * TimeSpan.FromSeconds(12));
        await using var network = await WeightNetwork.StartAsync(NodeOptions.Finney393 with { Start = start }, commitReveal: true);
        network.Chain.SealTo(21);

        var result = await SetAsync(network);

        Assert.True(result.Success, $"{result.Error}: {result.Extrinsic.Detail}");
        Assert.Equal((WeightStep.Timelocked, "commit_timelocked_mechanism_weights"), (result.Step, result.Call));
        Assert.Equal((1000UL, 31UL), (result.RevealRound!.Value, result.RevealBlock!.Value));
        network.Chain.SealTo(34);
        Assert.Equal("[]", network.Stored());
        network.Chain.StorePulse(1000, Signature);
        network.Chain.Seal();
        Assert.Equal("[[0,32768],[1,65535]]", network.Stored());
    }

    [Fact]
    public async Task A_runtime_that_tries_once_has_the_round_in_time()
    {
        // Tried in block 30 only, where epoch 2 runs; locked to the round of block 27.
        var start = DrandQuicknet.TimeOf(1000) - (27 * TimeSpan.FromSeconds(12));
        await using var network = await WeightNetwork.StartAsync(NodeOptions.Dev293 with { Start = start }, commitReveal: true);
        network.Chain.SealTo(21);

        var result = await SetAsync(network);

        Assert.Equal((true, "commit_crv3_weights", 1000UL, 30UL), (result.Success, result.Call, result.RevealRound!.Value, result.RevealBlock!.Value));
        network.Chain.SealTo(27);
        network.Chain.StorePulse(1000, Signature);
        network.Chain.SealTo(30);
        Assert.Equal("[[0,32768],[1,65535]]", network.Stored());
    }

    [Fact]
    public async Task A_second_mechanism_has_weights_of_its_own()
    {
        await using var network = await WeightNetwork.StartAsync(NodeOptions.Finney393, commitReveal: false);
        var missing = await network.Client.SendWeightsAsync(Request with { Mechanism = 1 }, network.Hotkey, Ct);
        Assert.Equal((WeightStep.Kept, "MechanismDoesNotExist"), (missing.Step, missing.Error));

        network.Chain.Arrange(state => state.Set("MechanismCountCurrent", 2, Netuid));
        var result = await network.Client.SendWeightsAsync(Request with { Mechanism = 1 }, network.Hotkey, Ct);

        Assert.True(result.Success, $"{result.Error}: {result.Extrinsic.Detail}");
        Assert.Equal("[]", network.Stored());
        Assert.Equal(2, network.Chain.Best.State.Get("SubtensorModule", "Weights", WeightRequest.IndexOf(Netuid, 1), 1)!.Children().Count);
    }

    [Fact]
    public async Task A_round_that_the_chain_has_already_is_not_committed_to()
    {
        await using var network = await WeightNetwork.StartAsync(NodeOptions.Finney393, commitReveal: true);
        network.Chain.Arrange(state => state.Set("Drand", "LastStoredRound", 900_000_000));
        var result = await SetAsync(network);
        Assert.Equal((WeightStep.Kept, "InvalidRevealRound"), (result.Step, result.Error));
    }

    private static WeightRequest Request => new(Netuid, [0, 1], [1, 2], 0);

    private static Task<WeightsResult> SetAsync(WeightNetwork network) =>
        network.Client.SetWeightsAsync(Netuid, Request.Uids, Request.Values, 0, network.Hotkey, Ct);

    private static NodeOptions Node(string generation) => NodeRulesTests.Options(generation);
}
