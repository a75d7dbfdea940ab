using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Weights;
using Niche.Bittensor.Tests.RecordedChain;

namespace Niche.Bittensor.Tests.Chain.Weights;

/// <summary>Hashed commits through the real client, the real file of salts and a strict node.</summary>
public class ChainRevealTests
{
    private const ushort Netuid = WeightNetwork.Netuid;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Generations => NodeRulesTests.Generations;

    [Theory]
    [MemberData(nameof(Generations))]
    public async Task A_commit_is_revealed_in_its_epoch_and_not_before(string generation)
    {
        await using var network = await StartAsync(generation);
        network.Chain.SealTo(21);
        var committed = await SetAsync(network);
        Assert.True(committed.Success, $"{committed.Error}: {committed.Extrinsic.Detail}");
        Assert.Equal((WeightStep.Committed, 31UL), (committed.Step, committed.RevealBlock!.Value));

        network.Chain.SealTo(29);
        Assert.Empty(await RevealAsync(network));
        network.Chain.Seal();
        var revealed = Assert.Single(await RevealAsync(network));

        Assert.True(revealed.Success, $"{revealed.Error}: {revealed.Extrinsic.Detail}");
        Assert.Equal((WeightStep.Revealed, 31UL), (revealed.Step, revealed.Extrinsic.Block!.Value));
        Assert.Equal(generation == "dev" ? "reveal_weights" : "reveal_mechanism_weights", revealed.Call);
        Assert.Equal("[[0,32768],[1,65535]]", network.Stored());
        Assert.Empty(await RevealAsync(network));
    }

    [Fact]
    public async Task Another_process_reveals_what_the_first_committed()
    {
        await using var network = await StartAsync("finney");
        network.Chain.SealTo(21);
        await SetAsync(network);
        await network.Client.DisposeAsync();
        network.Restart(WeightMethod.Hash);
        network.Chain.SealTo(33);
        Assert.True(Assert.Single(await RevealAsync(network)).Success);
        Assert.Equal("[[0,32768],[1,65535]]", network.Stored());
    }

    [Fact]
    public async Task A_commit_whose_epoch_passed_is_reported_once()
    {
        await using var network = await StartAsync("dev");
        network.Chain.SealTo(21);
        await SetAsync(network);
        network.Chain.SealTo(41);
        var expired = Assert.Single(await RevealAsync(network));
        Assert.Equal((WeightStep.Expired, "ExpiredWeightCommit"), (expired.Step, expired.Error));
        Assert.Empty(await RevealAsync(network));
        Assert.Equal("[]", network.Stored());
    }

    [Fact]
    public async Task Nothing_is_committed_whose_salt_could_not_be_kept()
    {
        await using var network = await StartAsync("finney");
        network.Restart(WeightMethod.Hash, new FullDisk());
        network.Chain.SealTo(21);
        await Assert.ThrowsAsync<IOException>(() => SetAsync(network));
        Assert.Equal(0U, network.Chain.NextNonce(network.Hotkey.PublicKey.ToArray()));
    }

    [Fact]
    public async Task The_salt_of_a_refused_commit_is_forgotten()
    {
        await using var network = await StartAsync("dev");
        network.Chain.Arrange(state => state.Set("StakeThreshold", 2_000_000_000, []));
        network.Chain.SealTo(21);
        Assert.False((await SetAsync(network)).Success);
        network.Chain.SealTo(33);
        Assert.Empty(await RevealAsync(network));
    }

    [Fact]
    public async Task A_reveal_that_fails_is_tried_again_while_its_epoch_lasts()
    {
        await using var network = await StartAsync("dev");
        network.Chain.SealTo(21);
        await SetAsync(network);
        network.Chain.SealTo(31);
        network.Chain.Arrange(state => state.Set("WeightsVersionKey", 9, Netuid));
        Assert.False(Assert.Single(await RevealAsync(network)).Success);
        network.Chain.Arrange(state => state.Set("WeightsVersionKey", 0, Netuid));
        Assert.True(Assert.Single(await RevealAsync(network)).Success);
    }

    private static Task<WeightNetwork> StartAsync(string generation) =>
        WeightNetwork.StartAsync(NodeRulesTests.Options(generation), commitReveal: true, WeightMethod.Hash);

    private static Task<WeightsResult> SetAsync(WeightNetwork network) =>
        network.Client.SetWeightsAsync(Netuid, [0, 1], [1, 2], 0, network.Hotkey, Ct);

    private static Task<IReadOnlyList<WeightsResult>> RevealAsync(WeightNetwork network) =>
        network.Client.RevealWeightsAsync(Netuid, network.Hotkey, Ct);

    private sealed class FullDisk : IWeightCommitStore
    {
        public Task AddAsync(WeightCommit commit, CancellationToken ct) => throw new IOException("No space left on device.");

        public Task<IReadOnlyList<WeightCommit>> ListAsync(string hotkey, ushort netuid, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<WeightCommit>>([]);

        public Task RemoveAsync(WeightCommit commit, CancellationToken ct) => Task.CompletedTask;
    }
}
