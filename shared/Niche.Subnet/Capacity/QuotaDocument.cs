namespace Niche.Subnet.Capacity;

/// <summary>A miner's word on how much each validator may send: one document for both sides, so that no validator is refused
/// for requests it thought were its own.</summary>
/// <param name="MinerHotkey">Who grants.</param>
/// <param name="PolicyVersion">Policy whose constants were used.</param>
/// <param name="IssuedAt">When.</param>
/// <param name="IntervalSeconds">Length of the interval that shares are counted over.</param>
/// <param name="TotalVolume">Volume that was split.</param>
/// <param name="Shares">Requests per interval by validator hotkey.</param>
public sealed record QuotaDocument(
    string MinerHotkey,
    int PolicyVersion,
    DateTimeOffset IssuedAt,
    int IntervalSeconds,
    int TotalVolume,
    IReadOnlyDictionary<string, int> Shares)
{
    /// <summary>Splits a volume by the policy and puts it into a document.</summary>
    public static QuotaDocument Create(
        string minerHotkey, int totalVolume, IReadOnlyList<ValidatorStake> validators, Policy.SubnetPolicy policy, DateTimeOffset now) =>
        new(
            minerHotkey,
            policy.Version,
            now,
            policy.Capacity.IntervalSeconds,
            VolumeShares.Clamp(totalVolume, policy.Capacity),
            VolumeShares.Split(totalVolume, validators, policy.Capacity));
}
