using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Chain.Storage;
using Niche.Bittensor.Chain.Values;
using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Chain.Extrinsics;

/// <summary>Reads extrinsics of formats 4 and 5, as they stand in blocks and are submitted.</summary>
public static class ExtrinsicReader
{
    /// <summary>Reads one extrinsic, with its length in front, to the last byte.</summary>
    /// <exception cref="ScaleFormatException">Not an extrinsic of this runtime.</exception>
    public static DecodedExtrinsic Read(RuntimeMetadata metadata, ReadOnlyMemory<byte> bytes)
    {
        var reader = new ScaleReader(bytes.Span);
        var length = reader.ReadLength();
        if (length != reader.Remaining) throw reader.Fail($"an extrinsic of {length} bytes before {reader.Remaining}", "its own length", 0);
        var body = bytes[reader.Position..];
        if (body.IsEmpty) throw reader.Fail("an empty extrinsic", "a format byte");
        var head = body.Span[0];
        var format = head & 0x3F;
        if (format is not (4 or 5)) throw new ScaleFormatException("extrinsic", $"format {format}", "4 or 5");
        var kind = (head >> 6, format) switch
        {
            (0, _) => ExtrinsicKind.Bare,
            (2, 4) => ExtrinsicKind.KeySigned,
            (1, 5) => ExtrinsicKind.General,
            _ => throw new ScaleFormatException("extrinsic", $"head byte 0x{head:x2}", "bare (04, 05), signed (84) or general (45)"),
        };

        var extensions = new ExtensionReader();
        ScaleValue? signer = null, signature = null;
        var at = 1;
        if (kind == ExtrinsicKind.KeySigned)
        {
            var decoder = new ScaleValueDecoder(metadata.Types, body.Span[at..]);
            signer = decoder.Read(metadata.Extrinsic.Address ?? throw Untold("address"));
            signature = decoder.Read(metadata.Extrinsic.Signature ?? throw Untold("signature"));
            at += decoder.Position;
        }

        var start = at;
        if (kind == ExtrinsicKind.KeySigned) at += extensions.Read(metadata, metadata.Extrinsic.Extensions, body.Span[at..]);
        if (kind == ExtrinsicKind.General)
        {
            at = start += 1;
            at += extensions.Read(metadata, VersionOf(metadata, body.Span), body.Span[at..]);
        }

        return new DecodedExtrinsic(
            format, kind, signer, signature, extensions.Era, extensions.Nonce, extensions.Tip, extensions.ChecksMetadata, extensions.Unknown,
            DecodedCall.Read(metadata, body[at..]), body[start..at], Blake2b.Hash256(bytes.Span));
    }

    private static IReadOnlyList<ExtensionInfo> VersionOf(RuntimeMetadata metadata, ReadOnlySpan<byte> body)
    {
        if (body.Length < 2) throw new ScaleFormatException("extrinsic", "the end after the head byte", "an extension version");
        return metadata.Extrinsic.ExtensionsByVersion.GetValueOrDefault(body[1])
            ?? throw new ScaleFormatException("extrinsic", $"extension version {body[1]}", string.Join(" or ", metadata.Extrinsic.ExtensionsByVersion.Keys));
    }

    private static ScaleFormatException Untold(string what) => new("extrinsic", $"metadata that does not tell the type of the {what}", "metadata that does");
}
