namespace Niche.Subnet.Policy;

/// <summary>How rewards become a miner's score.</summary>
public sealed record ScoringPolicy
{
    /// <summary>Rewards remembered per miner.</summary>
    public int MemoryLength { get; init; } = 10;

    /// <summary>True divides by <see cref="MemoryLength"/> even while fewer rewards are known: a newcomer ramps up, so that shedding
    /// a bad history by a new hotkey never pays.</summary>
    public bool RampNewMiners { get; init; } = true;

    /// <summary>Days after registration with a bonus of (days left) percent; 0 switches it off.</summary>
    public int NewMinerBonusDays { get; init; }
}
