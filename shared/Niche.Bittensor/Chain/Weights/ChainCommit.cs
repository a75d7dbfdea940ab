namespace Niche.Bittensor.Chain.Weights;

/// <summary>A hashed commit as the chain keeps it.</summary>
/// <param name="Hash">0x and 64 digits.</param>
/// <param name="When">The block of the commit on chains that count their epochs, the number of its epoch on anchored ones.</param>
public sealed record ChainCommit(string Hash, ulong When);
