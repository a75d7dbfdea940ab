using CsCheck;
using Niche.Bittensor.Chain.Epochs;
using Niche.Bittensor.Chain.Weights;

namespace Niche.Bittensor.Tests.Chain.Weights;

public class RevealScheduleTests
{
    [Theory]
    [InlineData(22, RevealState.Waiting)]
    [InlineData(29, RevealState.Waiting)]
    // Sent now it comes into block 31, the first of the next epoch.
    [InlineData(30, RevealState.Due)]
    [InlineData(40, RevealState.Due)]
    [InlineData(41, RevealState.Expired)]
    public void A_commit_is_due_in_exactly_one_epoch_of_a_counting_chain(ulong block, RevealState state) =>
        Assert.Equal(state, new RevealSchedule(new CountedEpochs(1, 10), 1, block).StateOf(22, new ChainCommit("0x", 22)));

    [Theory]
    [InlineData(1000, 5, RevealState.Due)]
    [InlineData(1009, 5, RevealState.Due)]
    [InlineData(1000, 6, RevealState.Waiting)]
    [InlineData(1000, 4, RevealState.Expired)]
    // The run of block 1010 begins epoch 8.
    [InlineData(1009, 6, RevealState.Waiting)]
    public void An_anchored_chain_keeps_the_epoch_of_a_commit(ulong block, ulong committedInEpoch, RevealState state)
    {
        AnchoredEpochs epochs = new(LastEpochBlock: 1000, PendingEpochAt: 0, CurrentIndex: 7, Tempo: 11);
        Assert.Equal(state, new RevealSchedule(epochs, 2, block).StateOf(block, new ChainCommit("0x", committedInEpoch)));
    }

    [Fact]
    public void What_the_chain_does_not_have_may_still_come_until_its_era_is_over()
    {
        CountedEpochs epochs = new(1, 10);
        Assert.Equal(RevealState.Unconfirmed, new RevealSchedule(epochs, 1, 100).StateOf(100, null));
        Assert.Equal(RevealState.Unconfirmed, new RevealSchedule(epochs, 1, 356).StateOf(100, null));
        Assert.Equal(RevealState.Gone, new RevealSchedule(epochs, 1, 357).StateOf(100, null));
    }

    [Fact]
    public void Whatever_a_chain_says_a_commit_has_a_state()
    {
        var any = Gen.OneOf(Gen.ULong, Gen.ULong[0, 100], Gen.ULong[ulong.MaxValue - 100, ulong.MaxValue]);
        Gen.Select(any, any, any, Gen.UShort[1, ushort.MaxValue], any, any, any).Sample((last, pending, index, tempo, period, block, when) =>
        {
            foreach (EpochSchedule epochs in (EpochSchedule[])[new AnchoredEpochs(last, pending, index, tempo), new CountedEpochs(tempo, tempo)])
            {
                RevealSchedule schedule = new(epochs, period, block);
                if (schedule.StateOf(when, null) is not (RevealState.Gone or RevealState.Unconfirmed)) return false;
                if (schedule.StateOf(when, new ChainCommit("0x", when)) is RevealState.Gone or RevealState.Unconfirmed) return false;
            }

            return true;
        });
    }

    [Fact]
    public void Every_commit_waits_is_due_and_expires_in_this_order() =>
        Gen.Select(Gen.UShort[0, 4000], Gen.UShort[1, 400], Gen.ULong[0, 100_000], Gen.ULong[1, 5]).Sample((index, tempo, committed, period) =>
        {
            CountedEpochs epochs = new(index, tempo);
            var first = epochs.FirstRevealBlock(committed, period);
            ChainCommit commit = new("0x", committed);
            return At(first - 2) == RevealState.Waiting && At(first - 1) == RevealState.Due
                && At(first + tempo - 1) == RevealState.Due && At(first + tempo) == RevealState.Expired;

            RevealState At(ulong block) => new RevealSchedule(epochs, period, block).StateOf(committed, commit);
        });
}
