using Niche.Bittensor.Chain.Ledger;
using Niche.Subnet.Weights;
using Niche.Validator.Tests.Rig;
using Niche.Validator.Weights;

namespace Niche.Validator.Tests.Weights;

public sealed class WeightTests(ReferenceEndpoint endpoint)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Half_steps_and_replay_end_below_a_third_of_the_honest_miner_on_the_chain()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        TestMiner honest = await subnet.AddMinerAsync(), half = await subnet.AddMinerAsync("half-steps"), replay = await subnet.AddMinerAsync("replay");
        ValidatorNode node = await subnet.AddValidatorAsync();

        for (int round = 0; round < 4; round++)
        {
            await subnet.RunRoundAsync(node);
            await node.LookAroundAsync();
        }

        await node.Get<WeightSetter>().RunAsync(Ct);

        LedgerWeights vector = Assert.Single(subnet.Chain.Weights());
        Assert.Equal(subnet.ValidatorHotkey, vector.Hotkey);
        int Of(TestMiner miner) => vector.Uids.Zip(vector.Values).FirstOrDefault(pair => pair.First == subnet.UidOf(miner)).Second;
        Assert.Equal(ushort.MaxValue, Of(honest));
        Assert.True(Of(half) < ushort.MaxValue / 3, $"half-steps {Of(half)}");
        Assert.True(Of(replay) < ushort.MaxValue / 3, $"replay {Of(replay)}");
    }

    [Fact]
    public async Task Too_few_rewards_set_nothing_and_say_so()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        TestMiner miner = await subnet.AddMinerAsync();
        ValidatorNode node = await subnet.AddValidatorAsync();
        await node.FavourAsync(miner.Hotkey);

        await node.Get<WeightSetter>().RunAsync(Ct);

        Assert.Empty(subnet.Chain.Weights());
        Assert.Contains(WeightGuard.TooFewRewards, Assert.Single(await subnet.WeightReceiptsAsync()).Reasons);
    }

    [Fact]
    public async Task What_the_chain_refuses_is_kept_with_the_chains_reason()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint, LedgerOptions.DefaultRules with { MinAllowedWeights = 2 });
        TestMiner miner = await subnet.AddMinerAsync();
        ValidatorNode node = await subnet.AddValidatorAsync();
        for (int round = 0; round < 3; round++) await subnet.RunRoundAsync(node);

        await node.Get<WeightSetter>().RunAsync(Ct);

        WeightReceipt receipt = Assert.Single(await subnet.WeightReceiptsAsync());
        Assert.Equal((false, "WeightVecLengthIsLow"), (receipt.WasSet, Assert.Single(receipt.Reasons)));
        Assert.Equal(("set", "set_weights", (ulong?)null), (receipt.Sent!.Step, receipt.Sent.Call, receipt.Sent.Block));
        Assert.Equal(1, Assert.Single(receipt.Entries, entry => entry.Hotkey == miner.Hotkey).Weight, 6);
        Assert.Null(await node.Get<WeightStore>().GetLastSetAsync(Ct));
    }

    [Fact]
    public async Task Weights_are_not_set_again_before_the_chain_allows_it()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        await subnet.AddMinerAsync();
        ValidatorNode node = await subnet.AddValidatorAsync();
        for (int round = 0; round < 3; round++) await subnet.RunRoundAsync(node);
        await node.Get<WeightSetter>().RunAsync(Ct);
        ulong first = Assert.Single(subnet.Chain.Weights()).Block;

        await node.Get<WeightSetter>().RunAsync(Ct);
        Assert.Single(await subnet.WeightReceiptsAsync());
        subnet.Time.Advance(TimeSpan.FromSeconds(12 * 100));
        await node.Get<WeightSetter>().RunAsync(Ct);

        Assert.Equal(2, (await subnet.WeightReceiptsAsync()).Count);
        Assert.True(Assert.Single(subnet.Chain.Weights()).Block >= first + 100);
    }

    [Fact]
    public async Task A_chain_that_is_away_stops_nothing()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        TestMiner miner = await subnet.AddMinerAsync();
        ValidatorNode node = await subnet.AddValidatorAsync();
        await subnet.Chain.StopAsync();

        await node.Get<Network.MetagraphSync>().RunAsync(Ct);
        await node.Get<WeightSetter>().RunAsync(Ct);
        string job = (await node.SubmitAsync()).Id;
        await node.RunAsync(job);

        Assert.Equal(miner.Hotkey, (await node.JobAsync(job)).Units[0].Result!.MinerHotkey);
        Assert.Empty(await subnet.WeightReceiptsAsync());
    }

    [Fact]
    public async Task A_vector_that_turns_over_is_held_and_believed_in_the_third_round()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        TestMiner one = await subnet.AddMinerAsync(), two = await subnet.AddMinerAsync();
        ValidatorNode node = await subnet.AddValidatorAsync();
        await BookAllAsync(node, one, two, "a", 3);
        await node.Get<WeightSetter>().RunAsync(Ct);
        Assert.Equal([subnet.UidOf(one)], Assert.Single(subnet.Chain.Weights()).Uids);
        await BookAllAsync(node, two, one, "b", 10);

        for (int round = 0; round < 3; round++)
        {
            Assert.Equal([subnet.UidOf(one)], Assert.Single(subnet.Chain.Weights()).Uids);
            subnet.Time.Advance(TimeSpan.FromSeconds(round == 0 ? 1200 : 600));
            await node.Get<WeightSetter>().RunAsync(Ct);
        }

        Assert.Equal([subnet.UidOf(two)], Assert.Single(subnet.Chain.Weights()).Uids);
        IReadOnlyList<WeightReceipt> receipts = await subnet.WeightReceiptsAsync();
        Assert.Equal([true, false, false, true], receipts.Select(receipt => receipt.WasSet));
        Assert.All(receipts.Where(receipt => !receipt.WasSet), receipt => Assert.Equal([WeightGuard.TooLargeChange], receipt.Reasons));
    }

    [Fact]
    public async Task Nobody_is_weighed_before_everybody_was_asked()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        TestMiner one = await subnet.AddMinerAsync();
        await subnet.AddMinerAsync();
        ValidatorNode node = await subnet.AddValidatorAsync();
        for (int i = 0; i < 5; i++) await node.BookAsync(one.Hotkey, Ask.ImageModel, $"{i}", good: true);

        await node.Get<WeightSetter>().RunAsync(Ct);

        Assert.Empty(subnet.Chain.Weights());
        Assert.Equal([WeightDoubts.NotEverybodyScored], Assert.Single(await subnet.WeightReceiptsAsync()).Reasons);
    }

    private static async Task BookAllAsync(ValidatorNode node, TestMiner good, TestMiner bad, string name, int times)
    {
        foreach (string model in new[] { Ask.ImageModel, Ask.TextModel })
        {
            for (int i = 0; i < times; i++)
            {
                await node.BookAsync(good.Hotkey, model, $"{name}-{model}-{i}", good: true);
                await node.BookAsync(bad.Hotkey, model, $"{name}-{model}-{i}", good: false);
            }
        }
    }
}
