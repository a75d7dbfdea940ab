namespace Niche.Bittensor.Chain;

/// <summary>
/// Turns scores into the u16 vector that goes on chain, exactly as the Python SDK does: w / max(w) * 65535, rounded half to even, zeros dropped.
/// </summary>
public static class WeightNormaliser
{
    /// <summary>Uids and u16 values of the same length; both empty when every weight is zero.</summary>
    /// <param name="uids">Distinct uids.</param>
    /// <param name="weights">One finite, non-negative weight per uid; any scale.</param>
    /// <exception cref="ArgumentException">Lengths differ, a uid repeats, or a weight is negative, infinite or NaN.</exception>
    public static (IReadOnlyList<ushort> Uids, IReadOnlyList<ushort> Values) Normalise(IReadOnlyList<ushort> uids, IReadOnlyList<double> weights)
    {
        ArgumentNullException.ThrowIfNull(uids);
        ArgumentNullException.ThrowIfNull(weights);
        if (uids.Count != weights.Count) throw new ArgumentException($"{uids.Count} uids but {weights.Count} weights.", nameof(weights));

        var seen = new HashSet<ushort>();
        var max = 0.0;
        for (var i = 0; i < uids.Count; i++)
        {
            if (!seen.Add(uids[i])) throw new ArgumentException($"Uid {uids[i]} appears twice.", nameof(uids));
            if (!double.IsFinite(weights[i]) || weights[i] < 0)
                throw new ArgumentException($"The weight of uid {uids[i]} is not a finite number of at least 0.", nameof(weights));
            max = Math.Max(max, weights[i]);
        }

        var keptUids = new List<ushort>(uids.Count);
        var values = new List<ushort>(uids.Count);
        for (var i = 0; i < uids.Count && max > 0; i++)
        {
            var value = (ushort)Math.Round(weights[i] / max * ushort.MaxValue, MidpointRounding.ToEven);
            if (value == 0) continue;
            keptUids.Add(uids[i]);
            values.Add(value);
        }

        return (keptUids, values);
    }
}
