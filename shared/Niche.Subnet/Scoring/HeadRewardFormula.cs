namespace Niche.Subnet.Scoring;

/// <summary>
/// "sn23-head": r = round(similarity - min(0.4, 0.4 (t/T)^1.5), 3); R = r * (0.6 + 0.4 * clamp(sqrt(volume/256), 0, 1)) when r > 0, else 0.
/// Source: the reference validator's last public revision (2025-03), the path that scores inline.
/// </summary>
public sealed class HeadRewardFormula : IRewardFormula
{
    /// <inheritdoc/>
    public string Name => "sn23-head";

    /// <inheritdoc/>
    public double Reward(RewardInput input)
    {
        if (!(input.Similarity > 0)) return 0;
        var relative = Math.Max(input.ProcessTime / input.Timeout, 0);
        if (double.IsNaN(relative)) relative = 1;
        var penalty = Math.Min(0.4, 0.4 * Math.Pow(relative, 1.5));
        // Half to even, as Python's round: two implementations must agree on the third decimal.
        var reward = Math.Round(Math.Min(input.Similarity, 1) - penalty, 3, MidpointRounding.ToEven);
        if (reward <= 0) return 0;
        var volume = Math.Clamp(Math.Sqrt(Math.Max(input.TotalVolume, 0)) / Math.Sqrt(256), 0, 1);
        return reward * (0.6 + (0.4 * volume));
    }
}
