using Niche.Subnet.Policy;

namespace Niche.Subnet.Weights;

/// <summary>Looks at a vector before it is set: the dry run, and the stop when it is too thin or moves too far at once.</summary>
public static class WeightGuard
{
    /// <summary>Nobody earned anything.</summary>
    public const string AllZero = "all_zero";

    /// <summary>Fewer rewards than the policy asks for.</summary>
    public const string TooFewRewards = "too_few_rewards";

    /// <summary>Further from the last vector than the policy allows.</summary>
    public const string TooLargeChange = "too_large_change";

    /// <summary>A weight is not a number between 0 and 1, uids repeat, or the sum is not 1.</summary>
    public const string Malformed = "malformed";

    /// <summary>All reasons against setting <paramref name="next"/>; it may be set when there are none.</summary>
    /// <param name="previous">Last vector that was set; null when there was none, which allows any change.</param>
    /// <param name="next">Vector to set.</param>
    /// <param name="policy">Limits.</param>
    public static WeightCheck Check(WeightVector? previous, WeightVector next, WeightPolicy policy)
    {
        var reasons = new List<string>();
        if (next.Entries.Count == 0) reasons.Add(AllZero);
        else if (!IsSound(next)) reasons.Add(Malformed);
        if (next.Rewards < policy.MinRewards) reasons.Add(TooFewRewards);
        var change = previous is null || previous.Entries.Count == 0 ? 0 : Distance(previous, next);
        if (!(change <= policy.MaxChange)) reasons.Add(TooLargeChange);
        return new WeightCheck(change, reasons);
    }

    /// <summary>Total variation distance of two vectors by hotkey: half the sum of absolute differences, 0..1.</summary>
    public static double Distance(WeightVector a, WeightVector b)
    {
        var differences = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var entry in a.Entries) differences[entry.Hotkey] = entry.Weight;
        foreach (var entry in b.Entries) differences[entry.Hotkey] = differences.GetValueOrDefault(entry.Hotkey) - entry.Weight;
        double sum = 0;
        foreach (var difference in differences.Values) sum += Math.Abs(difference);
        return sum / 2;
    }

    private static bool IsSound(WeightVector vector)
    {
        double sum = 0;
        var uids = new HashSet<ushort>();
        foreach (var entry in vector.Entries)
        {
            if (!(entry.Weight >= 0 && entry.Weight <= 1) || !uids.Add(entry.Uid)) return false;
            sum += entry.Weight;
        }

        return Math.Abs(sum - 1) < 1e-9;
    }
}
