namespace Niche.Inference.Text;

/// <summary>Equally many new tokens for each row.</summary>
/// <param name="ids">Tokens, row after row.</param>
/// <param name="mask">For each row 1 where the cache and the new tokens count, 0 where the cache is padded.</param>
/// <param name="positions">Place of each token in its text.</param>
/// <param name="rows">Rows.</param>
/// <param name="keep">Places at the end of each row whose logits are wanted.</param>
/// <param name="slots">Where tokens and positions are written; null to make new tensors.</param>
internal readonly ref struct DecoderStep(ReadOnlySpan<int> ids, ReadOnlySpan<int> mask, ReadOnlySpan<int> positions, int rows, int keep, DecoderSlots? slots)
{
    public ReadOnlySpan<int> Ids { get; } = ids;

    public ReadOnlySpan<int> Mask { get; } = mask;

    public ReadOnlySpan<int> Positions { get; } = positions;

    public int Rows { get; } = rows;

    public int Keep { get; } = keep;

    public DecoderSlots? Slots { get; } = slots;
}
