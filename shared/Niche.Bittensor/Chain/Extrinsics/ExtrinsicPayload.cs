using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Chain.Storage;
using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Chain.Extrinsics;

/// <summary>What is signed: the call, the extensions' bytes, and what they add; longer than 256 bytes, its BLAKE2b-256 is signed instead.</summary>
/// <param name="Call">The encoded call.</param>
/// <param name="Extra">The extensions' bytes that are sent.</param>
/// <param name="Additional">The extensions' bytes that are only signed.</param>
public sealed record ExtrinsicPayload(ReadOnlyMemory<byte> Call, ReadOnlyMemory<byte> Extra, ReadOnlyMemory<byte> Additional)
{
    private const int MaxPlainBytes = 256;

    /// <summary>The whole payload.</summary>
    public byte[] Bytes => [.. Call.Span, .. Extra.Span, .. Additional.Span];

    /// <summary>The bytes to sign.</summary>
    public byte[] SignedBytes => Bytes is var bytes && bytes.Length > MaxPlainBytes ? Blake2b.Hash256(bytes) : bytes;

    /// <summary>The payload of a call for a runtime.</summary>
    /// <exception cref="ExtrinsicException">The runtime wants something that this library does not know.</exception>
    public static ExtrinsicPayload Build(RuntimeMetadata metadata, ReadOnlyMemory<byte> call, SigningTerms terms)
    {
        ScaleWriter extra = new(), additional = new();
        ExtensionCodec.WriteExtra(extra, metadata, terms);
        ExtensionCodec.WriteAdditional(additional, metadata, terms);
        return new ExtrinsicPayload(call, extra.ToArray(), additional.ToArray());
    }
}
