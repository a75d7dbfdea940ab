namespace Niche.Subnet.Scoring;

/// <summary>
/// "seed": R = (1 - t^3/12^3) * (0.8 + 0.2 * sqrt(volume)/sqrt(1000)). Binary in quality: the reward is for agreeing work, however it agrees.
/// Both factors are clamped to 0..1. Source: the subnet's public description (2024-04).
/// </summary>
public sealed class SeedRewardFormula : IRewardFormula
{
    private const double PenaltySeconds = 12;
    private const double VolumeScale = 1000;

    /// <inheritdoc/>
    public string Name => "seed";

    /// <inheritdoc/>
    public double Reward(RewardInput input)
    {
        if (!(input.Similarity > 0)) return 0;
        var t = Math.Max(input.ProcessTime.TotalSeconds, 0) / PenaltySeconds;
        var penalty = Math.Min(t * t * t, 1);
        var volume = Math.Clamp(Math.Sqrt(Math.Max(input.TotalVolume, 0)) / Math.Sqrt(VolumeScale), 0, 1);
        return (1 - penalty) * (0.8 + (0.2 * volume));
    }
}
