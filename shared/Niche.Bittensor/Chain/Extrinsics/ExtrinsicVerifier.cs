using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Chain.Values;
using Niche.Bittensor.Keys;

namespace Niche.Bittensor.Chain.Extrinsics;

/// <summary>Checks the signature of an extrinsic against the terms of a chain, as a node does before it looks at anything else.</summary>
public static class ExtrinsicVerifier
{
    /// <summary>True when the signer signed this call, with the extrinsic's own era, nonce and tip, for exactly this runtime and chain.</summary>
    /// <param name="metadata">The runtime's metadata.</param>
    /// <param name="extrinsic">What <see cref="ExtrinsicReader"/> read.</param>
    /// <param name="specVersion">The chain's spec version.</param>
    /// <param name="transactionVersion">The chain's transaction version.</param>
    /// <param name="genesisHash">The chain's genesis hash.</param>
    /// <param name="eraBlockHash">Hash of the block at the era's birth; the genesis hash when immortal.</param>
    /// <exception cref="ExtrinsicException">There is no signature, or one that this library can not check.</exception>
    public static bool Verifies(
        RuntimeMetadata metadata,
        DecodedExtrinsic extrinsic,
        uint specVersion,
        uint transactionVersion,
        ReadOnlyMemory<byte> genesisHash,
        ReadOnlyMemory<byte> eraBlockHash)
    {
        if (extrinsic.Kind != ExtrinsicKind.KeySigned) throw new ExtrinsicException("The extrinsic carries no signature.");
        if (extrinsic.SignerKey is not { } key) throw new ExtrinsicException("The signer is named by something else than a public key.");
        if (extrinsic.ChecksMetadata) throw new ExtrinsicException("The signer also signed a hash of the metadata, which this library does not compute.");
        var terms = new SigningTerms(specVersion, transactionVersion, genesisHash, extrinsic.Nonce, extrinsic.Era, eraBlockHash, extrinsic.Tip);
        var payload = ExtrinsicPayload.Build(metadata, extrinsic.Call.Data, terms) with { Extra = extrinsic.Extra };
        return extrinsic.Signature is ScaleValue.Variant { Fields: ScaleValue.Sequence { Items: [ScaleValue.Bytes signature] } } kind
            ? Verifies(kind.Name, key.Span, payload.SignedBytes, signature.Value.Span)
            : throw new ExtrinsicException("The signature is not one of MultiSignature.");
    }

    private static bool Verifies(string kind, ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => kind switch
    {
        "Sr25519" => Sr25519.Verify(key, message, signature),
        "Ed25519" => Ed25519Keypair.Verify(key, message, signature),
        _ => throw new ExtrinsicException($"This library checks Sr25519 and Ed25519 signatures, not {kind}."),
    };
}
