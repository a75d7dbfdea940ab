namespace Niche.Bittensor.Chain.Epochs;

/// <summary>
/// Epochs of tempo + 1 blocks, counted from block 0 and shifted by the subnet's number (spec below 423). The epoch runs in the last block of
/// its index.
/// </summary>
/// <param name="StorageIndex">netuid + 4096 · mechanism.</param>
/// <param name="Tempo">The subnet's tempo, at least 1.</param>
public sealed record CountedEpochs(ushort StorageIndex, ushort Tempo) : EpochSchedule
{
    /// <summary>The subnet's tempo.</summary>
    public ushort Tempo { get; } = CheckTempo(Tempo);

    private UInt128 Length => (UInt128)Tempo + 1;

    private UInt128 Shift => (UInt128)StorageIndex + 1;

    /// <inheritdoc/>
    public override ulong IndexAt(ulong block) => (ulong)((block + Shift) / Length);

    /// <inheritdoc/>
    public override ulong FirstBlockOf(ulong index)
    {
        // Epoch 0 begins before block 0 where the shift is not a multiple of the length.
        var start = index * Length;
        if (start < Shift) return 0;
        return start - Shift <= ulong.MaxValue
            ? (ulong)(start - Shift)
            : throw new ArgumentOutOfRangeException(nameof(index), index, "The epoch lies past all block numbers.");
    }

    /// <inheritdoc/>
    public override ulong NextRunAt(ulong block) => FirstBlockOf(IndexAt(block) + 1) - 1;
}
