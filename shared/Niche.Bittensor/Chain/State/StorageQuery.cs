namespace Niche.Bittensor.Chain.State;

/// <summary>A storage entry by names and keys, for example <c>new("SubtensorModule", "Keys", netuid, uid)</c>.</summary>
/// <param name="Pallet">The pallet.</param>
/// <param name="Item">The storage item.</param>
/// <param name="Keys">As many keys as the item has.</param>
public sealed record StorageQuery(string Pallet, string Item, params object?[] Keys);
