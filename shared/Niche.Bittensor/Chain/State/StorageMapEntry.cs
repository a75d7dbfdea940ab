using Niche.Bittensor.Chain.Values;

namespace Niche.Bittensor.Chain.State;

/// <summary>An entry of a storage map.</summary>
/// <param name="Keys">Its keys; null in the place of those that are stored only as a hash.</param>
/// <param name="Value">Its value.</param>
public sealed record StorageMapEntry(IReadOnlyList<ScaleValue?> Keys, ScaleValue Value);
