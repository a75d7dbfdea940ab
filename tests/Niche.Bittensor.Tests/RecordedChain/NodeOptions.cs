using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Tests.Chain;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>Which chain a node is of, and how it talks.</summary>
public sealed record NodeOptions
{
    /// <summary>The real metadata, read in place.</summary>
    public required string MetadataFile { get; init; }

    /// <summary>Older metadata that <c>state_getMetadata</c> answers with; null when the node has only the one.</summary>
    public string? OldMetadataFile { get; init; }

    public required uint SpecVersion { get; init; }

    public uint TransactionVersion { get; init; } = 1;

    public required byte[] GenesisHash { get; init; }

    /// <summary>Refusals in chopsticks' words (as recorded), or in those of a real node.</summary>
    public bool ChopsticksWords { get; init; }

    /// <summary>True when the pool itself refuses weights and commits that come too early (Custom 6); false when only the call fails.</summary>
    public bool PoolKnowsRateLimits { get; init; }

    /// <summary>True when the pool itself refuses reveals without a commit in range (Custom 16 and 17); false when only the call fails.</summary>
    public bool PoolKnowsReveals { get; init; } = true;

    /// <summary>Every extrinsic gets a block of its own at once, as chopsticks and dev nodes do it.</summary>
    public bool SealAtOnce { get; init; }

    /// <summary>How many blocks finality lags behind.</summary>
    public ulong FinalityLag { get; init; } = 2;

    /// <summary>When block 0 was made; 12 seconds a block from there.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Answers exactly as recorded from the real runtime, wherever there is a record.</summary>
    public bool Replay { get; init; }

    /// <summary>The development chain of spec 293 under chopsticks.</summary>
    public static NodeOptions Dev293 { get; } = new()
    {
        MetadataFile = "dev_spec293_metadata_v15.bin",
        OldMetadataFile = "dev_spec293_metadata_v14.bin",
        SpecVersion = 293,
        GenesisHash = [.. Enumerable.Repeat((byte)0x45, 32)],
        ChopsticksWords = true,
    };

    /// <summary>Finney of spec 393, of which only metadata v16 is at hand.</summary>
    public static NodeOptions Finney393 { get; } = new()
    {
        MetadataFile = "finney_spec393_metadata_v16.scale",
        SpecVersion = 393,
        GenesisHash = Convert.FromHexString("2f0555cc76fc2840a25a6ea3b9637146806f1f44b090c175ffde2a7e5ab36c03"),
        PoolKnowsRateLimits = true,
    };

    public RuntimeMetadata Metadata => RealMetadata.Of(MetadataFile);
}
