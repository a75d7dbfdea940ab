using Niche.Bittensor.Chain.Rpc;
using Niche.Bittensor.Chain.Weights;

namespace Niche.Bittensor.Chain.Subtensor;

/// <summary>Which chain, and how to talk with it.</summary>
public sealed class SubtensorOptions
{
    private const string FinneyGenesis = "0x2f0555cc76fc2840a25a6ea3b9637146806f1f44b090c175ffde2a7e5ab36c03";

    /// <summary>Nodes, the preferred one first: addresses, or <c>finney</c>, <c>test</c>, <c>local</c>. See <see cref="RpcEndpoint.Parse"/>.</summary>
    public IList<string> Endpoints { get; init; } = [];

    /// <summary>Deadlines and bounds of single calls.</summary>
    public RpcOptions Rpc { get; init; } = new();

    /// <summary>How weights are committed where the subnet asks for it and the runtime offers both ways.</summary>
    public WeightMethod CommitBy { get; set; } = WeightMethod.Timelock;

    /// <summary>Keeps hashed commits until they are revealed; without it weights are committed under a timelock only.</summary>
    public IWeightCommitStore? Commits { get; set; }

    /// <summary>Blocks for which a signed extrinsic is valid; a power of two from 4 to 65,536.</summary>
    public ulong EraPeriod { get; set; } = 128;

    /// <summary>Time between two looks for new blocks while waiting; sooner where a node tells of new blocks by itself.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>For how long an extrinsic that a node took is looked for. Its era ends after about 26 minutes.</summary>
    public TimeSpan InclusionTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>A node whose newest block is so many blocks below one seen before is not believed.</summary>
    public ulong MaxBlocksBehind { get; set; } = 16;

    /// <summary>Version number that axons are announced with: major, minor, patch in base 1,000.</summary>
    public uint AxonVersion { get; set; } = 10_002_000;

    internal IReadOnlyList<RpcEndpoint> Nodes()
    {
        // Finney's nodes must be finney's: its genesis is known.
        if (Endpoints.Contains("finney")) Rpc.GenesisHash ??= FinneyGenesis;
        return [.. Endpoints.Select(RpcEndpoint.Parse)];
    }

    internal SubtensorOptions Checked()
    {
        if (EraPeriod is < 4 or > 65536 || !ulong.IsPow2(EraPeriod)) throw new ArgumentException("The era's period is a power of two from 4 to 65,536.");
        if (PollInterval <= TimeSpan.Zero || InclusionTimeout <= TimeSpan.Zero) throw new ArgumentException("The times are more than zero.");
        return this;
    }
}
