using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Chain.Storage;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Chain.Extrinsics;

/// <summary>An extrinsic ready to be submitted.</summary>
/// <param name="Bytes">All of it, with its length in front.</param>
/// <param name="Hash">BLAKE2b-256 of the bytes, by which nodes know it.</param>
public sealed record SignedExtrinsic(ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Hash)
{
    private const byte SignedV4 = 0x84, AddressId = 0, Sr25519Signature = 1;

    /// <summary>Signs a call in format 4, as the runtime's metadata asks for it.</summary>
    /// <exception cref="ExtrinsicException">The runtime wants something that this library does not know; nothing was signed.</exception>
    public static SignedExtrinsic Sign(RuntimeMetadata metadata, ChainCall call, SigningTerms terms, Keypair signer)
    {
        if (!metadata.Extrinsic.Versions.Contains((byte)4))
            throw new ExtrinsicException($"This runtime takes extrinsics of format {string.Join(" and ", metadata.Extrinsic.Versions)} only; this library signs format 4.");
        RequireKnownForms(metadata);
        var payload = ExtrinsicPayload.Build(metadata, call.Data, terms);
        return Assemble(payload, signer.PublicKey, signer.Sign(payload.SignedBytes));
    }

    /// <summary>Puts payload and signature together, for keys that sign elsewhere.</summary>
    public static SignedExtrinsic Assemble(ExtrinsicPayload payload, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != 32) throw new ArgumentException("A public key has 32 bytes.", nameof(publicKey));
        if (signature.Length != 64) throw new ArgumentException("An sr25519 signature has 64 bytes.", nameof(signature));
        var body = new ScaleWriter().WriteByte(SignedV4).WriteByte(AddressId).WriteFixed(publicKey).WriteByte(Sr25519Signature).WriteFixed(signature)
            .WriteFixed(payload.Extra.Span).WriteFixed(payload.Call.Span);
        var bytes = new ScaleWriter().WriteBytes(body.Written).ToArray();
        return new SignedExtrinsic(bytes, Blake2b.Hash256(bytes));
    }

    private static void RequireKnownForms(RuntimeMetadata metadata)
    {
        var (types, form) = (metadata.Types, metadata.Extrinsic);
        if (form.Address is not { } address || types[address] is not { Name: "MultiAddress", Definition: TypeDefinition.Variant addresses } || addresses.Find(AddressId)?.Name != "Id")
            throw new ExtrinsicException("This runtime's addresses are not MultiAddress with Id as its first variant.");
        if (form.Signature is not { } signature || types[signature].Definition is not TypeDefinition.Variant signatures || signatures.Find(Sr25519Signature)?.Name != "Sr25519")
            throw new ExtrinsicException("This runtime's signatures are not MultiSignature with Sr25519 as its second variant.");
    }
}
