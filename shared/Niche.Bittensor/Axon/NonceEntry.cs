namespace Niche.Bittensor.Axon;

/// <summary>The last nonce of a dendrite.</summary>
internal readonly record struct NonceEntry(string Hotkey, string Uuid, long Nonce);
