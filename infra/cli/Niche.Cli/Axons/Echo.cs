using Niche.Bittensor.Synapses;

namespace Niche.Cli.Axons;

/// <summary>The synapse of the demonstration axon: the text comes back.</summary>
[RequiredHashFields("text")]
internal sealed record Echo : Synapse
{
    /// <summary>At most 4,096 characters.</summary>
    public required string Text { get; init; }

    /// <summary>The text again.</summary>
    public string? Answer { get; init; }
}
