namespace Niche.Bittensor.Chain.Epochs;

/// <summary>
/// Epochs of tempo blocks after the last one that ran, numbered by the chain (spec 423 and later). The block that runs an epoch is the first
/// of the next index.
/// </summary>
/// <param name="LastEpochBlock">The block of the last run, from storage <c>LastEpochBlock</c>.</param>
/// <param name="PendingEpochAt">The block of a run that was asked for, from storage <c>PendingEpochAt</c>; 0 for none.</param>
/// <param name="CurrentIndex">From storage <c>SubnetEpochIndex</c>, as of the same block.</param>
/// <param name="Tempo">The subnet's tempo, at least 1.</param>
public sealed record AnchoredEpochs(ulong LastEpochBlock, ulong PendingEpochAt, ulong CurrentIndex, ushort Tempo) : EpochSchedule
{
    /// <summary>The subnet's tempo.</summary>
    public ushort Tempo { get; } = CheckTempo(Tempo);

    // The block that begins epoch CurrentIndex + 1.
    private UInt128 Next
    {
        get
        {
            var regular = (UInt128)LastEpochBlock + Tempo;
            return PendingEpochAt > 0 && PendingEpochAt < regular ? PendingEpochAt : regular;
        }
    }

    /// <inheritdoc/>
    public override ulong IndexAt(ulong block) =>
        block < Next ? CurrentIndex : (ulong)UInt128.Min(CurrentIndex + UInt128.One + ((block - Next) / Tempo), ulong.MaxValue);

    /// <inheritdoc/>
    public override ulong FirstBlockOf(ulong index)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(index, CurrentIndex);
        if (index == CurrentIndex) return LastEpochBlock;
        var start = Next + ((UInt128)(index - CurrentIndex - 1) * Tempo);
        return start <= ulong.MaxValue
            ? (ulong)start
            : throw new ArgumentOutOfRangeException(nameof(index), index, "The epoch lies past all block numbers.");
    }

    /// <inheritdoc/>
    public override ulong NextRunAt(ulong block)
    {
        if (block <= Next) return (ulong)UInt128.Min(Next, ulong.MaxValue);
        var since = (block - Next + Tempo - 1) / Tempo;
        return (ulong)UInt128.Min(Next + (since * Tempo), ulong.MaxValue);
    }
}
