namespace Niche.Subnet.Capacity;

/// <summary>Parts of one share of a miner's volume.</summary>
/// <param name="Synthetic">Requests that the validator sends on its own account.</param>
/// <param name="Organic">Requests kept free for users.</param>
public readonly record struct SyntheticSplit(int Synthetic, int Organic)
{
    /// <summary>
    /// Splits a share r: s = max(1, floor(part * r) - 1), then synthetic = max(r - s, s). For part 0.8: 2 gives 1+1, 10 gives 7+3, 100 gives 79+21.
    /// Source: the reference validator.
    /// </summary>
    /// <param name="share">Requests per interval, 0 or more.</param>
    /// <param name="syntheticPart">0..1.</param>
    public static SyntheticSplit Of(int share, double syntheticPart = 0.8)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        if (share == 0) return new(0, 0);
        var synthetic = Math.Max(1, (int)Math.Floor(syntheticPart * share) - 1);
        synthetic = Math.Max(share - synthetic, synthetic);
        return new(synthetic, share - synthetic);
    }
}
