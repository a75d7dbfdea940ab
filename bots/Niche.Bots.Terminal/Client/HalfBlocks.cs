using System.Globalization;
using System.Text;
using SkiaSharp;

namespace Niche.Bots.Terminal.Client;

/// <summary>Draws a picture with characters: each is two dots above each other, in 24-bit colours.</summary>
internal static class HalfBlocks
{
    private const int Columns = 64;

    /// <summary>Draws a file; null when it is no picture.</summary>
    public static string? Draw(byte[] file)
    {
        using SKBitmap? picture = SKBitmap.Decode(file);
        if (picture is null) return null;
        int width = Math.Min(Columns, picture.Width);
        int height = Math.Max(2, picture.Height * width / picture.Width) & ~1;
        using SKBitmap? small = picture.Resize(new SKImageInfo(width, height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        if (small is null) return null;
        StringBuilder art = new();
        for (int y = 0; y < height; y += 2)
        {
            for (int x = 0; x < width; x++)
            {
                (SKColor top, SKColor low) = (small.GetPixel(x, y), small.GetPixel(x, y + 1));
                art.Append(CultureInfo.InvariantCulture, $"\u001b[38;2;{top.Red};{top.Green};{top.Blue};48;2;{low.Red};{low.Green};{low.Blue}m▀");
            }

            art.Append("\u001b[0m\n");
        }

        return art.ToString();
    }
}
