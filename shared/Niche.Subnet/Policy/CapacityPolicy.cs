namespace Niche.Subnet.Policy;

/// <summary>How a miner's declared volume is split among validators; one document for both sides, so that quotas cannot disagree.</summary>
public sealed record CapacityPolicy
{
    /// <summary>Smallest volume (requests per interval); smaller declarations are raised to it.</summary>
    public int TotalVolumeMin { get; init; } = 40;

    /// <summary>Largest volume; larger declarations are cut to it.</summary>
    public int TotalVolumeMax { get; init; } = 256;

    /// <summary>Volume of a miner that declares none.</summary>
    public int TotalVolumeDefault { get; init; } = 40;

    /// <summary>Stake (alpha or TAO as the metagraph gives it) from which a validator has a share.</summary>
    public double MinStake { get; init; } = 10_000;

    /// <summary>Exponent of the stake.</summary>
    public double SizePreferenceFactor { get; init; } = 1.03;

    /// <summary>Smallest share of a qualified validator.</summary>
    public int MinShare { get; init; } = 2;

    /// <summary>Length of a round and of the quota interval, seconds.</summary>
    public int IntervalSeconds { get; init; } = 600;

    /// <summary>Part of a share meant for synthetic requests, 0..1.</summary>
    public double SyntheticPart { get; init; } = 0.8;
}
