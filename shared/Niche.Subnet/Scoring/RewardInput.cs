namespace Niche.Subnet.Scoring;

/// <summary>What a reward formula may look at, for work that was verified.</summary>
/// <param name="Similarity">How well the work agrees with the reference, 0..1.</param>
/// <param name="ProcessTime">Time the miner took.</param>
/// <param name="Timeout">The category's limit.</param>
/// <param name="TotalVolume">Requests per interval that the miner declared, after clamping.</param>
public readonly record struct RewardInput(double Similarity, TimeSpan ProcessTime, TimeSpan Timeout, int TotalVolume);
