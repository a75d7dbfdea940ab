using CsCheck;
using Niche.Bittensor.Chain.Epochs;

namespace Niche.Bittensor.Tests.Chain.Epochs;

public class EpochScheduleTests
{
    private static readonly Gen<CountedEpochs> Counted = Gen.Select(Gen.UShort[0, 20_000], Gen.UShort[1, 50_400], (index, tempo) => new CountedEpochs(index, tempo));

    private static readonly Gen<AnchoredEpochs> Anchored = Gen.Select(
        Gen.ULong[0, 20_000_000], Gen.UShort[1, 50_400], Gen.ULong[0, 1_000_000],
        (last, tempo, index) => new AnchoredEpochs(last, 0, index, tempo));

    /// <summary>Seen on a real runtime (spec 293): subnet 1 with tempo 10; a commit of block 22 was revealed by the epoch of block 30.</summary>
    [Fact]
    public void Subnet_1_with_tempo_10_runs_in_block_30()
    {
        CountedEpochs epochs = new(1, 10);
        Assert.Equal(30UL, epochs.NextRunAt(22));
        Assert.Equal(30UL, epochs.NextRunAt(30));
        Assert.Equal(41UL, epochs.NextRunAt(31));
        Assert.Equal(epochs.IndexAt(22), epochs.IndexAt(30));
        Assert.Equal(epochs.IndexAt(30) + 1, epochs.IndexAt(31));
    }

    [Fact]
    public void A_counted_epoch_ends_with_the_block_that_runs_it() => Gen.Select(Counted, Gen.ULong[0, 20_000_000]).Sample((epochs, block) =>
    {
        var run = epochs.NextRunAt(block);
        return run >= block && run - block <= epochs.Tempo
            && (run + epochs.StorageIndex + 1) % (epochs.Tempo + 1u) == epochs.Tempo
            && epochs.IndexAt(run) == epochs.IndexAt(block) && epochs.IndexAt(run + 1) == epochs.IndexAt(block) + 1;
    });

    [Fact]
    public void A_counted_epoch_begins_where_its_index_changes() => Gen.Select(Counted, Gen.ULong[60_000, 20_000_000]).Sample((epochs, block) =>
    {
        var first = epochs.FirstBlockOf(epochs.IndexAt(block));
        return first <= block && epochs.IndexAt(first) == epochs.IndexAt(block) && epochs.IndexAt(first - 1) == epochs.IndexAt(block) - 1;
    });

    [Fact]
    public void An_anchored_epoch_begins_with_the_block_that_runs_it() => Gen.Select(Anchored, Gen.ULong[0, 200_000]).Sample((epochs, ahead) =>
    {
        var block = epochs.LastEpochBlock + ahead;
        var run = epochs.NextRunAt(block);
        return run >= block && (run - epochs.LastEpochBlock) % epochs.Tempo == 0 && run > epochs.LastEpochBlock
            && epochs.IndexAt(run) == epochs.IndexAt(run - 1) + 1
            && epochs.FirstBlockOf(epochs.IndexAt(run)) == run;
    });

    [Fact]
    public void An_epoch_that_was_asked_for_comes_first()
    {
        AnchoredEpochs epochs = new(LastEpochBlock: 1000, PendingEpochAt: 1100, CurrentIndex: 7, Tempo: 360);
        Assert.Equal(1100UL, epochs.NextRunAt(1001));
        Assert.Equal(8UL, epochs.IndexAt(1100));
        Assert.Equal(1460UL, epochs.FirstBlockOf(9));
        Assert.Equal(1360UL, (epochs with { PendingEpochAt = 2000 }).NextRunAt(1001));
    }

    [Fact]
    public void The_past_of_an_anchored_schedule_is_not_known() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new AnchoredEpochs(1000, 0, 7, 360).FirstBlockOf(6));

    [Fact]
    public void A_subnet_of_tempo_0_has_no_epochs()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CountedEpochs(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AnchoredEpochs(1, 0, 0, 0));
    }

    [Fact]
    public void A_reveal_comes_the_period_after_the_commit() => Gen.Select(Gen.OneOf<EpochSchedule>(
        Counted.Select(epochs => (EpochSchedule)epochs), Anchored.Select(epochs => (EpochSchedule)epochs)), Gen.ULong[0, 30_000], Gen.ULong[1, 30]).Sample(
        (epochs, ahead, period) =>
        {
            var block = (epochs is AnchoredEpochs anchored ? anchored.LastEpochBlock : 0) + ahead;
            return epochs.IndexAt(epochs.FirstRevealBlock(block, period)) == epochs.IndexAt(block) + period;
        });
}
