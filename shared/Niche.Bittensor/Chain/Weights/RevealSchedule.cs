using Niche.Bittensor.Chain.Epochs;

namespace Niche.Bittensor.Chain.Weights;

/// <summary>When hashed commits are revealed: in exactly the epoch that lies the subnet's period after that of the commit.</summary>
/// <param name="Epochs">The subnet's epochs.</param>
/// <param name="PeriodEpochs">Epochs between commit and reveal.</param>
/// <param name="Block">The newest block; what is sent now comes into the next one at the earliest.</param>
public sealed record RevealSchedule(EpochSchedule Epochs, ulong PeriodEpochs, ulong Block)
{
    // An extrinsic of ours is valid for 128 blocks; after twice that it is not on its way any more.
    private const ulong BlocksUntilGone = 256;

    /// <summary>How it stands with a commit.</summary>
    /// <param name="plannedAt">The newest block when it was made.</param>
    /// <param name="onChain">What the chain keeps of it; null when it keeps nothing.</param>
    public RevealState StateOf(ulong plannedAt, ChainCommit? onChain)
    {
        if (onChain is null) return Block > plannedAt && Block - plannedAt > BlocksUntilGone ? RevealState.Gone : RevealState.Unconfirmed;
        var (now, due) = (Epochs.IndexAt(Block == ulong.MaxValue ? Block : Block + 1), EpochOf(onChain));
        return now < due ? RevealState.Waiting : now == due ? RevealState.Due : RevealState.Expired;
    }

    /// <summary>The epoch of a commit's reveal.</summary>
    public ulong EpochOf(ChainCommit onChain)
    {
        ArgumentNullException.ThrowIfNull(onChain);
        var committed = Epochs is AnchoredEpochs ? onChain.When : Epochs.IndexAt(onChain.When);
        return PeriodEpochs <= ulong.MaxValue - committed ? committed + PeriodEpochs : ulong.MaxValue;
    }
}
