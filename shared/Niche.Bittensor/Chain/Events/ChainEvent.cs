using Niche.Bittensor.Chain.Values;

namespace Niche.Bittensor.Chain.Events;

/// <summary>An event of a block.</summary>
/// <param name="Phase">When it happened.</param>
/// <param name="Extrinsic">Index of the extrinsic that was being applied; null in other phases.</param>
/// <param name="Pallet">Name of the pallet.</param>
/// <param name="Name">Name of the event.</param>
/// <param name="Fields">Its fields: by name where the event names them, else a sequence.</param>
public sealed record ChainEvent(EventPhase Phase, uint? Extrinsic, string Pallet, string Name, ScaleValue Fields);
