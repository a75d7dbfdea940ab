using Niche.Subnet.Errors;

namespace Niche.Subnet.Policy;

/// <summary>Checks a policy against every rule and reports all breaches at once, each with its path.</summary>
public static class PolicyValidator
{
    /// <summary>Every breach; empty when the policy may be used.</summary>
    public static IReadOnlyList<NicheError> Validate(SubnetPolicy policy)
    {
        var check = new PolicyChecks();
        check.Between("version", policy.Version, 1, int.MaxValue);
        check.Between("netuid", policy.Netuid, 0, ushort.MaxValue);
        CheckCapacity(check, policy.Capacity);
        check.Between("scoring.memory_length", policy.Scoring.MemoryLength, 1, 1000);
        check.Between("scoring.new_miner_bonus_days", policy.Scoring.NewMinerBonusDays, 0, 100);
        CheckWeights(check, policy.Weights);
        CheckModels(check, policy.Models);
        return check.Errors;
    }

    private static void CheckCapacity(PolicyChecks check, CapacityPolicy capacity)
    {
        check.Between("capacity.total_volume_min", capacity.TotalVolumeMin, 1, 1_000_000);
        check.Between("capacity.total_volume_max", capacity.TotalVolumeMax, capacity.TotalVolumeMin, 1_000_000);
        check.Between("capacity.total_volume_default", capacity.TotalVolumeDefault, capacity.TotalVolumeMin, capacity.TotalVolumeMax);
        check.Between("capacity.min_stake", capacity.MinStake, 0, 1e12);
        check.Between("capacity.size_preference_factor", capacity.SizePreferenceFactor, 0, 4);
        check.Between("capacity.min_share", capacity.MinShare, 0, capacity.TotalVolumeMin);
        check.Between("capacity.interval_seconds", capacity.IntervalSeconds, 1, 86_400);
        check.Between("capacity.synthetic_part", capacity.SyntheticPart, 0, 1);
    }

    private static void CheckWeights(PolicyChecks check, WeightPolicy weights)
    {
        check.Between("weights.interval_blocks", weights.IntervalBlocks, 1, 1_000_000);
        check.Between("weights.max_change", weights.MaxChange, 0, 1);
        check.Between("weights.min_rewards", weights.MinRewards, 0, 1_000_000);
        check.That(
            weights.EmptyCategory != EmptyCategoryRule.Burn || !string.IsNullOrWhiteSpace(weights.BurnHotkey),
            "weights.burn_hotkey",
            "must name a hotkey when empty_category is 'burn'");
    }

    private static void CheckModels(PolicyChecks check, IReadOnlyList<ModelPolicy> models)
    {
        check.Between("models.length", models.Count, 1, 256);
        if (!check.NoNulls("models", models)) return;
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < models.Count; i++)
        {
            var path = FormattableString.Invariant($"models[{i}]");
            ModelPolicyValidator.Validate(check, path, models[i]);
            check.That(names.Add(models[i].Name), $"{path}.name", "must be unique");
        }

        if (models.All(model => ModelPolicyValidator.HasUsableShares(model))) CheckShareSums(check, models);
    }

    // Shares are piecewise linear, so their sum is largest at one of the dated points.
    private static void CheckShareSums(PolicyChecks check, IReadOnlyList<ModelPolicy> models)
    {
        foreach (var at in models.SelectMany(m => m.EmissionShares).Select(p => p.At).Distinct().Order())
        {
            var sum = models.Sum(m => EmissionSchedule.ShareAt(m.EmissionShares, at));
            check.That(sum is > 0 and <= 1 + 1e-9, "models[*].emission_shares", $"must sum to more than 0 and at most 1 at {at:O}");
        }
    }
}
