using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Tests.Axon;

[RequiredHashFields("text")]
public sealed record BoundEcho : BoundSynapse
{
    public required string Text { get; init; }

    public int Times { get; init; } = 1;
}
