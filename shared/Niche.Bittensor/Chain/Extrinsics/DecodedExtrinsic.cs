using Niche.Bittensor.Chain.Values;

namespace Niche.Bittensor.Chain.Extrinsics;

/// <summary>An extrinsic read back. Era, nonce and tip are those of its extensions; bare ones have none.</summary>
/// <param name="Format">4 or 5.</param>
/// <param name="Kind">Bare, signed or general.</param>
/// <param name="Signer">The signer's address, as the runtime's MultiAddress; null unless signed.</param>
/// <param name="Signature">The signature, as the runtime's MultiSignature; null unless signed.</param>
/// <param name="Era">How long it is valid.</param>
/// <param name="Nonce">The signer's nonce.</param>
/// <param name="Tip">Rao beyond the fee.</param>
/// <param name="ChecksMetadata">True when the signer also signed a hash of the metadata.</param>
/// <param name="Unknown">What extensions say that this library does not know, by identifier.</param>
/// <param name="Call">The call.</param>
/// <param name="Extra">The extensions' bytes.</param>
/// <param name="Hash">BLAKE2b-256 of all bytes.</param>
public sealed record DecodedExtrinsic(
    int Format,
    ExtrinsicKind Kind,
    ScaleValue? Signer,
    ScaleValue? Signature,
    Era Era,
    uint Nonce,
    ulong Tip,
    bool ChecksMetadata,
    IReadOnlyList<KeyValuePair<string, ScaleValue>> Unknown,
    DecodedCall Call,
    ReadOnlyMemory<byte> Extra,
    ReadOnlyMemory<byte> Hash)
{
    /// <summary>The signer's 32-byte public key; null when unsigned or named in another way than by key.</summary>
    public ReadOnlyMemory<byte>? SignerKey =>
        Signer is ScaleValue.Variant { Name: "Id", Fields: ScaleValue.Sequence { Items: [ScaleValue.Account account] } } ? account.PublicKey : null;
}
