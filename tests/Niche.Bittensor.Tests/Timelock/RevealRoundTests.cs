using CsCheck;
using Niche.Bittensor.Chain.Epochs;
using Niche.Bittensor.Timelock;

namespace Niche.Bittensor.Tests.Timelock;

public class RevealRoundTests
{
    private static readonly Gen<DateTimeOffset> Now = Gen.Long[1_700_000_000_000, 2_000_000_000_000].Select(DateTimeOffset.FromUnixTimeMilliseconds);

    /// <summary>The formula of drand's Bittensor library, as it is written there.</summary>
    [Fact]
    public void On_a_chain_that_counts_epochs_the_round_is_that_of_the_old_formula() =>
        Gen.Select(Gen.UShort[1, 1000], Gen.UShort[1, 5000], Gen.ULong[0, 20_000_000], Gen.ULong[1, 20], Now).Sample(
            (netuid, tempo, block, period, now) =>
            {
                var epoch = (block + netuid + 1) / (tempo + 1u);
                var target = ((epoch + period) * (tempo + 1u)) - (netuid + 1u) + 3;
                var seconds = (now.ToUnixTimeMilliseconds() / 1000m) + (((decimal)target - block) * 12m) - 1692803367m;
                return RevealRound.For(new CountedEpochs(netuid, tempo), block, period, now) == (ulong)Math.Floor(seconds / 3m);
            });

    /// <summary>Spec 293, subnet 1 with tempo 10: a commit of block 22 is tried in block 30 and never again.</summary>
    [Fact]
    public void A_chain_that_tries_once_has_the_round_three_blocks_before_it_tries()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_790_000_000);
        var round = RevealRound.For(new CountedEpochs(1, 10), 22, 1, now, triesOnce: true);
        Assert.Equal(DrandQuicknet.RoundAt(now + ((27 - 22) * EpochSchedule.BlockTime)), round);
    }

    [Fact]
    public void On_an_anchored_chain_the_round_counts_from_the_last_epoch() =>
        Gen.Select(Gen.ULong[0, 20_000_000], Gen.UShort[1, 50_400], Gen.Double[0, 0.999], Gen.ULong[1, 20], Gen.ULong[0, 100_000], Now).Sample(
            (last, tempo, part, period, index, now) =>
            {
                var block = last + (ulong)(tempo * part);
                var target = last + tempo + ((period - 1) * tempo) + 3;
                var seconds = (now.ToUnixTimeMilliseconds() / 1000m) + (((decimal)target - block) * 12m) - 1692803367m;
                return RevealRound.For(new AnchoredEpochs(last, 0, index, tempo), block, period, now) == (ulong)Math.Floor(seconds / 3m);
            });

    [Fact]
    public void Numbers_of_a_chain_that_lies_are_refused()
    {
        var now = DateTimeOffset.UnixEpoch.AddYears(56);
        Assert.Throws<ArgumentOutOfRangeException>(() => RevealRound.For(new CountedEpochs(1, 360), 100, ulong.MaxValue, now));
        Assert.Throws<ArgumentOutOfRangeException>(() => RevealRound.For(new CountedEpochs(1, 360), 100, ulong.MaxValue / 2, now));
        Assert.Throws<ArgumentOutOfRangeException>(() => RevealRound.For(new AnchoredEpochs(ulong.MaxValue, 0, 5, 360), 100, 2, now));
    }
}
