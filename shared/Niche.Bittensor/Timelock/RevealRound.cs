using Niche.Bittensor.Chain.Epochs;

namespace Niche.Bittensor.Timelock;

/// <summary>
/// The drand round that a weight commit is locked to. Runtimes of today reveal in the whole epoch that lies the subnet's period after the commit,
/// trying again while the round is missing: three blocks into it are right. Those with <c>commit_crv3_weights</c> only (spec 293) try once, in the
/// block before that epoch: three blocks before that one are right.
/// </summary>
public static class RevealRound
{
    // As drand's Bittensor library has it: the epoch has surely begun when the round is signed.
    private const int BlocksIntoEpoch = 3;

    // The chain has to fetch the round before it tries.
    private const int BlocksBeforeTry = 3;

    /// <summary>
    /// The round for a commit sent now. A round too late is retried by the chain within the epoch, past the epoch the weights are lost; a
    /// round too early only shows them earlier.
    /// </summary>
    /// <param name="epochs">The subnet's schedule.</param>
    /// <param name="block">The newest block.</param>
    /// <param name="revealPeriodEpochs">The subnet's epochs between commit and reveal.</param>
    /// <param name="now">The time of that block.</param>
    /// <param name="triesOnce">The runtime tries once, in the last block before the epoch.</param>
    /// <exception cref="ArgumentOutOfRangeException">The numbers lead past what a block number can hold: a chain's answer was wrong.</exception>
    public static ulong For(EpochSchedule epochs, ulong block, ulong revealPeriodEpochs, DateTimeOffset now, bool triesOnce = false)
    {
        ArgumentNullException.ThrowIfNull(epochs);
        var first = (Int128)epochs.FirstRevealBlock(block, revealPeriodEpochs);
        var target = triesOnce ? first - 1 - BlocksBeforeTry : first + BlocksIntoEpoch;
        var ticks = now.UtcTicks - DrandQuicknet.TimeOf(0).UtcTicks + ((target - block) * EpochSchedule.BlockTime.Ticks);
        return (ulong)Int128.Max(0, ticks / (DrandQuicknet.PeriodSeconds * TimeSpan.TicksPerSecond));
    }
}
