using System.Collections.Frozen;
using Niche.Subnet.Policy;

namespace Niche.Subnet.Capacity;

/// <summary>
/// Splits a miner's volume among validators by stake: share_i = max(minimum, floor(V * s_i^f / sum s_j^f)) over the validators with at least
/// the minimum stake; when nobody qualifies, equal parts for all. The sum may exceed V by the minimum shares. Source: the reference's volume setting.
/// </summary>
public static class VolumeShares
{
    // The reference adds it so that zero stakes do not divide zero by zero.
    private const double StakeOffset = 1e-4;

    /// <summary>Requests per interval for each validator with a share, by hotkey.</summary>
    /// <param name="totalVolume">Declared volume; null takes the policy's default. Clamped to the policy's range.</param>
    /// <param name="validators">Distinct hotkeys in any order.</param>
    /// <param name="policy">Constants.</param>
    public static FrozenDictionary<string, int> Split(int? totalVolume, IReadOnlyList<ValidatorStake> validators, CapacityPolicy policy)
    {
        var volume = Clamp(totalVolume, policy);
        var qualified = validators.Where(v => v.Stake >= policy.MinStake).ToList();
        if (qualified.Count == 0)
            return validators.ToFrozenDictionary(v => v.Hotkey, _ => volume / validators.Count, StringComparer.Ordinal);

        // A fixed order, because a floating-point sum depends on it.
        qualified.Sort((a, b) => string.CompareOrdinal(a.Hotkey, b.Hotkey));
        var powers = qualified.Select(v => Math.Pow(v.Stake + StakeOffset, policy.SizePreferenceFactor)).ToArray();
        var sum = powers.Sum();
        return qualified
            .Select((v, i) => (v.Hotkey, Share: Math.Max(policy.MinShare, (int)Math.Floor(volume * powers[i] / sum))))
            .ToFrozenDictionary(pair => pair.Hotkey, pair => pair.Share, StringComparer.Ordinal);
    }

    /// <summary>The declared volume inside the policy's range.</summary>
    public static int Clamp(int? totalVolume, CapacityPolicy policy) =>
        Math.Clamp(totalVolume ?? policy.TotalVolumeDefault, policy.TotalVolumeMin, policy.TotalVolumeMax);
}
