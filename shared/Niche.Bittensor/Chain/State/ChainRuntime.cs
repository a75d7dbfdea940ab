using Niche.Bittensor.Chain.Metadata;

namespace Niche.Bittensor.Chain.State;

/// <summary>The runtime of a block: its versions and what it says about itself.</summary>
/// <param name="SpecVersion">Version of its logic.</param>
/// <param name="TransactionVersion">Version of its calls.</param>
/// <param name="Metadata">Types, calls, storage, runtime APIs.</param>
public sealed record ChainRuntime(uint SpecVersion, uint TransactionVersion, RuntimeMetadata Metadata);
