namespace Niche.Bittensor.Chain.State;

/// <summary>A block by number and hash.</summary>
/// <param name="Number">Height above genesis, which is 0.</param>
/// <param name="Hash">0x and 64 digits.</param>
public readonly record struct BlockRef(ulong Number, string Hash);
