using System.Buffers.Binary;

namespace Niche.Subnet.Verification;

/// <summary>Format and size of a picture, read from its first bytes only: a decoder must not see a stranger's file before its pixel count is known.</summary>
/// <param name="Format">File format.</param>
/// <param name="Width">Pixels, more than 0.</param>
/// <param name="Height">Pixels, more than 0.</param>
public readonly record struct ImageHeader(ImageFormat Format, int Width, int Height)
{
    private const int MaxJpegSegments = 256;

    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>Reads PNG (RFC 2083), JPEG (ITU T.81) or WebP (RFC 9649). Never throws; false for anything else, for truncated headers and for zero sizes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> file, out ImageHeader header)
    {
        header = default;
        return (TryPng(file, ref header) || TryJpeg(file, ref header) || TryWebP(file, ref header)) && header is { Width: > 0, Height: > 0 };
    }

    private static bool TryPng(ReadOnlySpan<byte> file, ref ImageHeader header)
    {
        if (file.Length < 33 || !file.StartsWith(PngSignature)) return false;
        if (BinaryPrimitives.ReadUInt32BigEndian(file[8..]) != 13 || !file[12..].StartsWith("IHDR"u8)) return false;
        header = new(ImageFormat.Png, BinaryPrimitives.ReadInt32BigEndian(file[16..]), BinaryPrimitives.ReadInt32BigEndian(file[20..]));
        return true;
    }

    // Walks the segments up to the first frame header, which holds the size.
    private static bool TryJpeg(ReadOnlySpan<byte> file, ref ImageHeader header)
    {
        if (file.Length < 4 || file[0] != 0xff || file[1] != 0xd8) return false;
        var at = 2;
        for (var segment = 0; segment < MaxJpegSegments && at + 4 <= file.Length; segment++)
        {
            if (file[at] != 0xff) return false;
            var marker = file[at + 1];
            if (marker == 0xff)
            {
                at++;
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (length < 2) return false;
            if (IsFrame(marker))
            {
                if (at + 9 > file.Length) return false;
                header = new(
                    ImageFormat.Jpeg,
                    BinaryPrimitives.ReadUInt16BigEndian(file[(at + 7)..]),
                    BinaryPrimitives.ReadUInt16BigEndian(file[(at + 5)..]));
                return true;
            }

            at += 2 + length;
        }

        return false;
    }

    // SOF0..SOF15 without DHT (C4), JPG (C8) and DAC (CC).
    private static bool IsFrame(byte marker) => marker is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc);

    private static bool TryWebP(ReadOnlySpan<byte> file, ref ImageHeader header)
    {
        if (file.Length < 30 || !file.StartsWith("RIFF"u8) || !file[8..].StartsWith("WEBP"u8)) return false;
        var chunk = file[12..];
        var data = file[20..];
        if (chunk.StartsWith("VP8X"u8)) header = new(ImageFormat.WebP, 1 + UInt24(data[4..]), 1 + UInt24(data[7..]));
        else if (chunk.StartsWith("VP8L"u8)) return TryLossless(data, ref header);
        else if (chunk.StartsWith("VP8 "u8)) return TryLossy(data, ref header);
        else return false;
        return true;
    }

    private static bool TryLossless(ReadOnlySpan<byte> data, ref ImageHeader header)
    {
        if (data[0] != 0x2f) return false;
        var bits = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
        header = new(ImageFormat.WebP, 1 + (int)(bits & 0x3fff), 1 + (int)((bits >> 14) & 0x3fff));
        return true;
    }

    private static bool TryLossy(ReadOnlySpan<byte> data, ref ImageHeader header)
    {
        if (data[3] != 0x9d || data[4] != 0x01 || data[5] != 0x2a) return false;
        header = new(
            ImageFormat.WebP,
            BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3fff,
            BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3fff);
        return true;
    }

    private static int UInt24(ReadOnlySpan<byte> data) => data[0] | (data[1] << 8) | (data[2] << 16);
}
