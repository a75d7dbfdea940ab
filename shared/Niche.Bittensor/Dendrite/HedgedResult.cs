using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Dendrite;

/// <summary>The end of a hedged call.</summary>
/// <param name="Best">The first good answer; when there was none, what became of the first axon.</param>
/// <param name="Calls">What became of every axon asked, in the order of asking; those that lost are <see cref="SynapseOutcome.Cancelled"/>.</param>
public sealed record HedgedResult<T>(SynapseResult<T> Best, IReadOnlyList<SynapseResult<T>> Calls)
    where T : Synapse;
