namespace Niche.Bittensor.Chain.State;

/// <summary>A block, as far as it is needed to find an extrinsic in it.</summary>
internal sealed record ChainBlock(BlockRef Ref, string ParentHash, IReadOnlyList<string> Extrinsics);
