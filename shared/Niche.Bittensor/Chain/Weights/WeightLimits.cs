namespace Niche.Bittensor.Chain.Weights;

/// <summary>The chain's rules about the values of a weight vector.</summary>
public static class WeightLimits
{
    /// <summary>What the chain stores: every value scaled so that the largest is 65535, rounded half up. Zeros stay zeros.</summary>
    public static IReadOnlyList<ushort> Upscale(IReadOnlyList<ushort> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ulong max = values.Count == 0 ? 0UL : values.Max();
        return max is 0 or ushort.MaxValue ? values : [.. values.Select(value => (ushort)(((2UL * value * ushort.MaxValue) + max) / (2 * max)))];
    }

    /// <summary>
    /// True when no value of the stored vector is a larger part of the sum than the limit is of 65535 (65535 = no limit). Exact, where the chain
    /// rounds down: what passes here passes there.
    /// </summary>
    public static bool IsWithinMaximum(IReadOnlyList<ushort> values, ushort maxWeightsLimit)
    {
        if (maxWeightsLimit == ushort.MaxValue || values.Count == 0) return true;
        var stored = Upscale(values);
        return (ulong)stored.Max() * ushort.MaxValue <= maxWeightsLimit * (ulong)stored.Sum(value => (long)value);
    }

    /// <summary>
    /// The weights with none larger than the limit's part of their sum: what is cut off goes to the others in proportion, so that their order
    /// stays. Where there are too few positive weights for that, all of them become equal.
    /// </summary>
    /// <param name="weights">Finite, at least 0.</param>
    /// <param name="maxWeightsLimit">u16; 65535 = no limit.</param>
    public static IReadOnlyList<double> Cap(IReadOnlyList<double> weights, ushort maxWeightsLimit)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (maxWeightsLimit == ushort.MaxValue) return weights;
        var limit = maxWeightsLimit / (double)ushort.MaxValue;
        var capped = new double[weights.Count];
        var order = Enumerable.Range(0, weights.Count).Where(i => weights[i] > 0).OrderByDescending(i => weights[i]).ToArray();
        if (order.Length * limit < 1) limit = order.Length == 0 ? 0 : 1.0 / order.Length;

        // Sums of one and all smaller ones, from the smallest on so that none is lost beside a large one.
        var rest = new double[order.Length];
        for (var at = order.Length - 1; at >= 0; at--) rest[at] = weights[order[at]] + (at + 1 < order.Length ? rest[at + 1] : 0);

        // From the largest on: while one's part of what is left is above the limit, it gets the limit and the others share the remainder.
        var left = 1.0;
        for (var at = 0; at < order.Length; at++)
        {
            capped[order[at]] = Math.Min(limit, weights[order[at]] / rest[at] * left);
            left -= capped[order[at]];
        }

        return capped;
    }
}
