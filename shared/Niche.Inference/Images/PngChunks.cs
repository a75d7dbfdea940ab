using System.Buffers.Binary;

namespace Niche.Inference.Images;

/// <summary>The chunk layer of PNG (W3C PNG, section 5): length, four letters, data, checksum.</summary>
internal static class PngChunks
{
    private const int Signature = 8;
    private const int Frame = 12;

    /// <summary>Drops every ancillary chunk (those whose first letter is lower case): Skia adds some of its own.</summary>
    public static byte[] KeepCritical(ReadOnlySpan<byte> png)
    {
        var kept = new byte[png.Length];
        png[..Signature].CopyTo(kept);
        var length = Signature;
        for (var at = Signature; at < png.Length;)
        {
            var chunk = png.Slice(at, BinaryPrimitives.ReadInt32BigEndian(png[at..]) + Frame);
            at += chunk.Length;
            if (!char.IsAsciiLetterUpper((char)chunk[4])) continue;
            chunk.CopyTo(kept.AsSpan(length));
            length += chunk.Length;
        }
        return kept[..length];
    }
}
