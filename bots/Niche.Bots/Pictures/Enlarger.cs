using SkiaSharp;

namespace Niche.Bots.Pictures;

/// <summary>Enlarges pictures by resampling (Mitchell's cubic): more pixels, no new detail. What it makes is called that and nothing better.</summary>
public static class Enlarger
{
    /// <summary>Largest file that is read, bytes.</summary>
    public const int MaxBytes = 12 * 1024 * 1024;

    /// <summary>Times as wide and as high.</summary>
    public const int Factor = 4;

    private const int MaxSide = 1024;

    /// <summary>Enlarges a picture.</summary>
    /// <returns>PNG, and the size before and after; null when it is no picture that can be read, or has more than 1024 pixels on a side.</returns>
    public static EnlargedPicture? Enlarge(ReadOnlyMemory<byte> file)
    {
        if (file.Length > MaxBytes) return null;
        using SKData data = SKData.CreateCopy(file.Span);
        // The size is read before a pixel is: a small file can claim to be huge.
        using SKCodec? codec = SKCodec.Create(data);
        if (codec is null || codec.Info.Width is < 1 or > MaxSide || codec.Info.Height is < 1 or > MaxSide) return null;
        using SKBitmap? picture = SKBitmap.Decode(codec);
        if (picture is null) return null;
        SKImageInfo larger = new(picture.Width * Factor, picture.Height * Factor, SKColorType.Rgba8888, SKAlphaType.Premul);
        using SKBitmap? result = picture.Resize(larger, new SKSamplingOptions(SKCubicResampler.Mitchell));
        if (result is null) return null;
        using SKData png = result.Encode(SKEncodedImageFormat.Png, 90);
        return new EnlargedPicture(png.ToArray(), picture.Width, picture.Height, result.Width, result.Height);
    }
}
