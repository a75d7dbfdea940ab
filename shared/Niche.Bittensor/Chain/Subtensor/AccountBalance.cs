namespace Niche.Bittensor.Chain.Subtensor;

/// <summary>An account, from storage <c>System.Account</c>; all zero when the chain does not know it.</summary>
/// <param name="Nonce">Extrinsics of the key in blocks so far.</param>
/// <param name="FreeRao">Rao that can be spent, less what is frozen.</param>
/// <param name="ReservedRao">Rao held back.</param>
/// <param name="FrozenRao">Part of the free rao that may not leave.</param>
public sealed record AccountBalance(uint Nonce, ulong FreeRao, ulong ReservedRao, ulong FrozenRao);
