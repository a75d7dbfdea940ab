namespace Niche.Bittensor.Tests.Chain.Subtensor;

/// <summary>A block of a stub chain: what is in it, and the runtime of its state.</summary>
public sealed record StubBlock(ulong Number, string Hash, string ParentHash, IReadOnlyList<byte[]> Extrinsics, byte[] Events, uint Spec);
