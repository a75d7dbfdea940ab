using Niche.Bittensor.Chain.Ledger;
using Niche.Bittensor.Chain.Weights;
using Niche.Subnet.Weights;
using Niche.Validator.Tests.Rig;
using Niche.Validator.Weights;

namespace Niche.Validator.Tests.Weights;

/// <summary>A subnet whose weights must be committed: blocks of 12 seconds, epochs of 101 blocks, one epoch between commit and reveal.</summary>
public sealed class CommitRevealTests(ReferenceEndpoint endpoint)
{
    private const int EpochBlocks = 101;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_validator_commits_and_reveals_in_the_next_epoch_and_says_so()
    {
        await using TestSubnet subnet = await StartAsync();
        TestMiner miner = await subnet.AddMinerAsync();
        ValidatorNode node = await ScoredAsync(subnet, miner);

        await node.Get<WeightSetter>().RunAsync(Ct);

        WeightReceipt receipt = Assert.Single(await subnet.WeightReceiptsAsync());
        Assert.True(receipt.WasSet, string.Join(", ", receipt.Reasons));
        Assert.Equal(("committed", "commit_weights"), (receipt.Sent!.Step, receipt.Sent.Call));
        Assert.NotNull(receipt.Sent.Extrinsic);
        ulong from = receipt.Sent.RevealBlock!.Value;
        Assert.Equal(0UL, (from + LocalChain.Netuid + 1) % EpochBlocks);
        Assert.Empty(subnet.Chain.Weights());
        Assert.Empty(await node.Get<WeightStore>().ListRevealsAsync(9, Ct));

        subnet.Time.Advance(TimeSpan.FromSeconds(12 * (from - receipt.Sent.Block!.Value)));
        await node.Get<WeightSetter>().RunAsync(Ct);

        Assert.Equal([subnet.UidOf(miner)], Assert.Single(subnet.Chain.Weights()).Uids);
        RevealReceipt reveal = Assert.Single(await node.Get<WeightStore>().ListRevealsAsync(9, Ct));
        Assert.Equal(("revealed", "reveal_weights", from, null), (reveal.Sent.Step, reveal.Sent.Call, reveal.Sent.Block!.Value, reveal.Reason));
    }

    [Fact]
    public async Task Another_instance_on_the_same_storage_reveals_what_a_dead_one_committed()
    {
        await using TestSubnet subnet = await StartAsync();
        TestMiner miner = await subnet.AddMinerAsync();
        ValidatorNode first = await ScoredAsync(subnet, miner);
        await first.Get<WeightSetter>().RunAsync(Ct);
        await first.DisposeAsync();

        ValidatorNode second = await subnet.AddValidatorAsync();
        subnet.Time.Advance(TimeSpan.FromSeconds(12 * EpochBlocks));
        await second.Get<WeightSetter>().RunAsync(Ct);

        Assert.Single(subnet.Chain.Weights());
    }

    [Fact]
    public async Task A_validator_that_slept_through_the_epoch_says_that_the_weights_do_not_count()
    {
        await using TestSubnet subnet = await StartAsync();
        TestMiner miner = await subnet.AddMinerAsync();
        ValidatorNode node = await ScoredAsync(subnet, miner);
        await node.Get<WeightSetter>().RunAsync(Ct);

        subnet.Time.Advance(TimeSpan.FromSeconds(12 * 2 * EpochBlocks));
        await node.Get<WeightSetter>().RunAsync(Ct);

        RevealReceipt reveal = Assert.Single(await node.Get<WeightStore>().ListRevealsAsync(9, Ct));
        Assert.Equal(("expired", "ExpiredWeightCommit"), (reveal.Sent.Step, reveal.Reason));
        Assert.Empty(subnet.Chain.Weights());
        // It has committed anew.
        Assert.Equal(["committed", "committed"], (await subnet.WeightReceiptsAsync()).Select(receipt => receipt.Sent!.Step));
    }

    [Fact]
    public async Task Commits_in_the_validators_tables_come_back_whole()
    {
        await using TestSubnet subnet = await StartAsync();
        WeightCommitTable table = new(subnet.Storage.Tables);
        WeightCommit commit = new("hk", new WeightRequest(7, [1, 2], [3, 65535], ulong.MaxValue, 1), [1, 2, 3], "0xaa", "commit_mechanism_weights", 5);
        await table.AddAsync(commit, Ct);
        await table.AddAsync(commit with { Hash = "0xbb", PlannedAt = 4 }, Ct);
        await table.AddAsync(commit with { Hash = "0xcc", Request = commit.Request with { Netuid = 8 } }, Ct);

        IReadOnlyList<WeightCommit> found = await table.ListAsync("hk", 7, Ct);
        Assert.Equal(["0xbb", "0xaa"], found.Select(one => one.Hash));
        Assert.Equal(commit.Salt, found[1].Salt);
        Assert.Equal((commit.Request.VersionKey, commit.Request.Mechanism), (found[1].Request.VersionKey, found[1].Request.Mechanism));
        Assert.Equal(commit.Request.Values, found[1].Request.Values);

        await table.RemoveAsync(commit, Ct);
        await table.RemoveAsync(commit, Ct);
        Assert.Equal(["0xbb"], (await table.ListAsync("hk", 7, Ct)).Select(one => one.Hash));
    }

    private Task<TestSubnet> StartAsync() => TestSubnet.StartAsync(
        endpoint, LedgerOptions.DefaultRules with { CommitRevealEnabled = true, Tempo = EpochBlocks - 1, WeightsRateLimit = 100 });

    private static async Task<ValidatorNode> ScoredAsync(TestSubnet subnet, TestMiner miner)
    {
        ValidatorNode node = await subnet.AddValidatorAsync();
        foreach (string model in new[] { Ask.ImageModel, Ask.TextModel })
            for (int i = 0; i < 3; i++) await node.BookAsync(miner.Hotkey, model, $"{model}-{i}", good: true);
        return node;
    }
}
