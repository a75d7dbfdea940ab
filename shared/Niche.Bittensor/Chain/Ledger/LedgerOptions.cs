namespace Niche.Bittensor.Chain.Ledger;

/// <summary>How a local ledger behaves.</summary>
public sealed record LedgerOptions
{
    /// <summary>The one file that keeps everything; created when absent.</summary>
    public required string Path { get; init; }

    /// <summary>Time between blocks; used when the file is created, then kept in it, because block numbers must never jump back.</summary>
    public TimeSpan BlockTime { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>The subnets and their rules; taken anew at every start.</summary>
    public IReadOnlyDictionary<ushort, SubnetHyperparameters> Subnets { get; init; } =
        new Dictionary<ushort, SubnetHyperparameters> { [23] = DefaultRules };

    /// <summary>The chain's defaults, without commit-reveal.</summary>
    public static SubnetHyperparameters DefaultRules { get; } = new(
        Tempo: 360,
        MinAllowedWeights: 1,
        MaxWeightsLimit: ushort.MaxValue,
        WeightsVersionKey: 0,
        WeightsRateLimit: 100,
        CommitRevealEnabled: false,
        CommitRevealPeriod: 1,
        ServingRateLimit: 50,
        ImmunityPeriod: 4096,
        ActivityCutoff: 5000,
        MaxUids: 256);
}
