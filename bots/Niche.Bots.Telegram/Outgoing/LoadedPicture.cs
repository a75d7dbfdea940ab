using System.Buffers.Binary;
using Niche.Bots.Outgoing;
using Telegram.Bot.Types;

namespace Niche.Bots.Telegram.Outgoing;

/// <summary>A picture with its bytes, and how Telegram takes it: as a photo that it compresses, or as a file that it leaves alone.</summary>
internal sealed record LoadedPicture(Picture Picture, ReadOnlyMemory<byte> Content)
{
    private const int MaxPhotoBytes = 10_000_000, MaxSides = 10_000, MaxRatio = 20;

    /// <summary>It goes as a photo.</summary>
    public bool AsPhoto => !Picture.AsFile && IsPhoto(Content.Span);

    /// <summary>The upload; a new one each time, since a stream is read once.</summary>
    public InputFile File() => InputFile.FromStream(new MemoryStream(Content.ToArray(), false), Picture.FileName);

    private static bool IsPhoto(ReadOnlySpan<byte> file)
    {
        if (file.Length is < 24 or > MaxPhotoBytes) return false;
        // Ours are PNG; what is not goes by its bytes alone.
        if (file[0] != 0x89 || !file[1..].StartsWith("PNG"u8)) return true;
        long width = BinaryPrimitives.ReadUInt32BigEndian(file[16..]), height = BinaryPrimitives.ReadUInt32BigEndian(file[20..]);
        return width > 0 && height > 0 && width + height <= MaxSides && Math.Max(width, height) <= MaxRatio * Math.Min(width, height);
    }
}
