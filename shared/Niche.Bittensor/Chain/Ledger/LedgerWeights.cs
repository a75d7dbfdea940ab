namespace Niche.Bittensor.Chain.Ledger;

/// <summary>The last weight vector of one validator.</summary>
/// <param name="Hotkey">SS58 address of the validator.</param>
/// <param name="Block">The block it was set in.</param>
/// <param name="Uids">Whom it weighs.</param>
/// <param name="Values">u16 each, the largest 65535.</param>
public sealed record LedgerWeights(string Hotkey, ulong Block, IReadOnlyList<ushort> Uids, IReadOnlyList<ushort> Values);
