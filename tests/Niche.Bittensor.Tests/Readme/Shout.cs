using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Tests.Readme;

// <synapse>
[RequiredHashFields("text")]
public sealed record Shout : Synapse
{
    public required string Text { get; init; }
    public string? Answer { get; init; }
}
// </synapse>
