using System.Buffers.Binary;

namespace Niche.TelegramStandIn.Files;

/// <summary>Width and height of PNG and JPEG files, read from their headers.</summary>
internal static class PictureSize
{
    private static ReadOnlySpan<byte> Png => [0x89, (byte)'P', (byte)'N', (byte)'G'];

    /// <summary>The size; null when it is neither.</summary>
    public static (int Width, int Height)? Read(ReadOnlySpan<byte> file)
    {
        if (file.Length >= 24 && file.StartsWith(Png)) return (BinaryPrimitives.ReadInt32BigEndian(file[16..]), BinaryPrimitives.ReadInt32BigEndian(file[20..]));
        if (file.Length < 4 || file[0] != 0xFF || file[1] != 0xD8) return null;
        for (int at = 2; at + 9 < file.Length && file[at] == 0xFF;)
        {
            int kind = file[at + 1], length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (kind is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return (BinaryPrimitives.ReadUInt16BigEndian(file[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(file[(at + 5)..]));
            at += 2 + length;
        }

        return null;
    }
}
