using Niche.Bittensor.Chain.Epochs;

namespace Niche.Bittensor.Chain.Weights;

/// <summary>What the chain says, as of one block, about weights of one hotkey for one mechanism of a subnet.</summary>
public sealed record WeightTerms
{
    /// <summary>The block.</summary>
    public required ulong Block { get; init; }

    /// <summary>The block's own time.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The subnet's rules.</summary>
    public required SubnetHyperparameters Rules { get; init; }

    /// <summary>Neurons of the subnet.</summary>
    public required ushort Neurons { get; init; }

    /// <summary>Mechanisms of the subnet, at least 1.</summary>
    public byte Mechanisms { get; init; } = 1;

    /// <summary>The hotkey's uid; null when it is not registered.</summary>
    public required ushort? Uid { get; init; }

    /// <summary>The hotkey may weigh others.</summary>
    public required bool Permit { get; init; }

    /// <summary>The hotkey is the subnet owner's, who needs neither permit nor stake.</summary>
    public bool IsOwner { get; init; }

    /// <summary>Block of the hotkey's last weights, commit or registration; 0 for none.</summary>
    public required ulong LastUpdate { get; init; }

    /// <summary>
    /// The hotkey's stake in rao as far as storage tells it: alpha and weighted TAO. Stake that parents lend it counts on the chain too.
    /// </summary>
    public UInt128 Stake { get; init; }

    /// <summary>Stake in rao that weights need.</summary>
    public ulong StakeThreshold { get; init; }

    /// <summary>The form of timelocked payloads that the chain reads.</summary>
    public ushort CommitRevealVersion { get; init; } = 4;

    /// <summary>The subnet's epochs; null when its tempo is 0 and there are none.</summary>
    public required EpochSchedule? Epochs { get; init; }

    /// <summary>The newest drand round that the chain has; 0 where it keeps none.</summary>
    public ulong LastDrandRound { get; init; }
}
