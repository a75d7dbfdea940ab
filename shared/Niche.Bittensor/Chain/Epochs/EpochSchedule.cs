namespace Niche.Bittensor.Chain.Epochs;

/// <summary>
/// Which epoch of a subnet a block belongs to. Chains before spec 423 count epochs from block 0 (<see cref="CountedEpochs"/>), later ones
/// keep the last epoch's block in storage (<see cref="AnchoredEpochs"/>): a chain of the second kind has
/// <c>SubtensorModule.LastEpochBlock</c> in its metadata.
/// </summary>
public abstract record EpochSchedule
{
    /// <summary>Time between blocks.</summary>
    public static readonly TimeSpan BlockTime = TimeSpan.FromSeconds(12);

    /// <summary>The index of the epoch that a block belongs to.</summary>
    public abstract ulong IndexAt(ulong block);

    /// <summary>The first block of an epoch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The schedule does not reach back to it, or it lies past all block numbers.</exception>
    public abstract ulong FirstBlockOf(ulong index);

    /// <summary>The first block in which the chain accepts or makes the reveal of a commit of the given block.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It lies past all block numbers.</exception>
    public ulong FirstRevealBlock(ulong commitBlock, ulong revealPeriodEpochs)
    {
        var index = IndexAt(commitBlock);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(revealPeriodEpochs, ulong.MaxValue - index);
        return FirstBlockOf(index + revealPeriodEpochs);
    }

    /// <summary>The next block, this one included, in which the chain runs an epoch: permits and incentives change there.</summary>
    public abstract ulong NextRunAt(ulong block);

    /// <summary>Throws unless tempo is at least 1: a subnet with tempo 0 never runs an epoch.</summary>
    protected static ushort CheckTempo(ushort tempo) => tempo > 0
        ? tempo
        : throw new ArgumentOutOfRangeException(nameof(tempo), "The subnet's tempo is 0: it never runs an epoch, so nothing would ever be revealed.");
}
