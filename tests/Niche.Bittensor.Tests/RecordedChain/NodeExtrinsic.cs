using Niche.Bittensor.Chain.Extrinsics;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>An extrinsic in the pool.</summary>
public sealed record NodeExtrinsic(byte[] Bytes, DecodedExtrinsic Read)
{
    public byte[] Signer { get; } = Read.SignerKey!.Value.ToArray();

    public byte[] Hash { get; } = Read.Hash.ToArray();

    public uint Nonce => Read.Nonce;
}
