using Niche.Bittensor.Chain.Weights;

namespace Niche.Bittensor.Chain;

/// <summary>
/// Turns scores into the u16 vector that goes on chain, exactly as the Python SDK does: w / max(w) * 65535, rounded half to even, zeros dropped.
/// Under a limit of the subnet the weights are capped first and rounded up, so that the largest stays within it.
/// </summary>
public static class WeightNormaliser
{
    /// <summary>Uids and u16 values of the same length; both empty when every weight is zero.</summary>
    /// <param name="uids">Distinct uids.</param>
    /// <param name="weights">One finite, non-negative weight per uid; any scale.</param>
    /// <param name="maxWeightsLimit">The subnet's largest part of one uid, u16; 65535 = no limit.</param>
    /// <exception cref="ArgumentException">Lengths differ, a uid repeats, or a weight is negative, infinite or NaN.</exception>
    public static (IReadOnlyList<ushort> Uids, IReadOnlyList<ushort> Values) Normalise(
        IReadOnlyList<ushort> uids, IReadOnlyList<double> weights, ushort maxWeightsLimit = ushort.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(uids);
        ArgumentNullException.ThrowIfNull(weights);
        if (uids.Count != weights.Count) throw new ArgumentException($"{uids.Count} uids but {weights.Count} weights.", nameof(weights));

        var seen = new HashSet<ushort>();
        for (var i = 0; i < uids.Count; i++)
        {
            if (!seen.Add(uids[i])) throw new ArgumentException($"Uid {uids[i]} appears twice.", nameof(uids));
            if (!double.IsFinite(weights[i]) || weights[i] < 0)
                throw new ArgumentException($"The weight of uid {uids[i]} is not a finite number of at least 0.", nameof(weights));
        }

        weights = WeightLimits.Cap(weights, maxWeightsLimit);
        var max = weights.Count == 0 ? 0 : weights.Max();
        var rounding = maxWeightsLimit == ushort.MaxValue ? MidpointRounding.ToEven : MidpointRounding.ToPositiveInfinity;

        var keptUids = new List<ushort>(uids.Count);
        var values = new List<ushort>(uids.Count);
        for (var i = 0; i < uids.Count && max > 0; i++)
        {
            var value = (ushort)Math.Round(weights[i] / max * ushort.MaxValue, rounding);
            if (value == 0) continue;
            keptUids.Add(uids[i]);
            values.Add(value);
        }

        return (keptUids, values);
    }
}
