namespace Niche.Subnet.Policy;

/// <summary>The catalogue and the economics of the subnet: data, not code. Two validators with the same policy, chain state and
/// evidence compute the same weights. Read by <see cref="PolicyJson"/>, checked by <see cref="PolicyValidator"/>.</summary>
public sealed record SubnetPolicy
{
    /// <summary>Grows with every change.</summary>
    public required int Version { get; init; }

    /// <summary>Subnet number on chain.</summary>
    public required int Netuid { get; init; }

    /// <summary>Instant from which the document holds.</summary>
    public required DateTimeOffset ValidFrom { get; init; }

    /// <summary>Categories.</summary>
    public required IReadOnlyList<ModelPolicy> Models { get; init; }

    /// <summary>Volume and shares.</summary>
    public required CapacityPolicy Capacity { get; init; }

    /// <summary>Rewards to scores.</summary>
    public required ScoringPolicy Scoring { get; init; }

    /// <summary>Scores to weights.</summary>
    public required WeightPolicy Weights { get; init; }

    /// <summary>The model of this name, or null.</summary>
    public ModelPolicy? Find(string? model)
    {
        foreach (var candidate in Models)
            if (string.Equals(candidate.Name, model, StringComparison.Ordinal)) return candidate;
        return null;
    }
}
