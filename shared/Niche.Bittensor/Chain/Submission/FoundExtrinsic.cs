using Niche.Bittensor.Chain.State;

namespace Niche.Bittensor.Chain.Submission;

/// <summary>Where an extrinsic was found.</summary>
internal sealed record FoundExtrinsic(ChainBlock Block, uint Index);
