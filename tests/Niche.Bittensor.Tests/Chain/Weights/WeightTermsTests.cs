using Niche.Bittensor.Chain.Epochs;
using Niche.Bittensor.Chain.State;
using Niche.Bittensor.Chain.Weights;
using Niche.Bittensor.Tests.RecordedChain;

namespace Niche.Bittensor.Tests.Chain.Weights;

public class WeightTermsTests
{
    private static readonly EpochStorage Old = new(new BlockRef(1000, "0x"), 360, 7, null, null, null, 1, true, 4, 0, null);

    private static readonly EpochStorage New = Old with { LastEpochBlock = 900, PendingEpochAt = 0, SubnetEpochIndex = 12 };

    [Fact]
    public void The_schedule_is_chosen_by_what_the_runtime_keeps()
    {
        Assert.Equal(new CountedEpochs(4103, 360), WeightTermsReader.Schedule(Old, 4103));
        Assert.Equal(new AnchoredEpochs(900, 0, 12, 360), WeightTermsReader.Schedule(New, 7));
        Assert.Null(WeightTermsReader.Schedule(New with { Tempo = 0 }, 7));
    }

    [Theory]
    [MemberData(nameof(NodeRulesTests.Generations), MemberType = typeof(NodeRulesTests))]
    public async Task All_terms_of_a_hotkey_are_read_from_one_block(string generation)
    {
        await using var network = await WeightNetwork.StartAsync(NodeRulesTests.Options(generation), commitReveal: true);
        network.Chain.Arrange(state => state.Set("StakeThreshold", 5, []));
        network.Chain.SealTo(12);
        var terms = await WeightTermsReader.ReadAsync(
            await network.Client.GetStateAsync(TestContext.Current.CancellationToken), WeightNetwork.Netuid, 0, network.Hotkey.PublicKey.ToArray(),
            TestContext.Current.CancellationToken);
        Assert.Equal((12UL, (ushort)2, (ushort?)1, true, 0UL), (terms.Block, terms.Neurons, terms.Uid, terms.Permit, terms.LastUpdate));
        Assert.Equal((1_000_000_000UL, 5UL, true, 1UL), ((ulong)terms.Stake, terms.StakeThreshold, terms.Rules.CommitRevealEnabled, terms.Rules.CommitRevealPeriod));
        Assert.Equal(network.Chain.Options.Start.AddSeconds(144), terms.Time);
        Assert.Equal(new CountedEpochs(1, 10), terms.Epochs);
        Assert.Equal(1, terms.Mechanisms);
        Assert.False(terms.IsOwner);
    }

    [Fact]
    public async Task A_stranger_has_no_uid_and_no_permit()
    {
        await using var network = await WeightNetwork.StartAsync(NodeOptions.Finney393, commitReveal: false);
        var state = await network.Client.GetStateAsync(TestContext.Current.CancellationToken);
        var terms = await WeightTermsReader.ReadAsync(state, WeightNetwork.Netuid, 0, new byte[32], TestContext.Current.CancellationToken);
        Assert.Equal(((ushort?)null, false, 0UL), (terms.Uid, terms.Permit, terms.LastUpdate));
    }
}
