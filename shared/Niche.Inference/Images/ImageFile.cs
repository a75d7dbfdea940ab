using SkiaSharp;

namespace Niche.Inference.Images;

/// <summary>Reads and writes picture files through Skia. Written files carry no metadata and depend on nothing but the pixels.</summary>
public static class ImageFile
{
    /// <summary>Decodes the first frame of a PNG, JPEG or WebP; orientation tags and colour profiles are ignored.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="limits">Bounds, checked before decoding.</param>
    /// <exception cref="ImageException">Too large, of another format, or damaged.</exception>
    public static DecodedImage Decode(ReadOnlySpan<byte> file, ImageLimits limits)
    {
        if (file.Length > limits.MaxBytes)
        {
            throw new ImageException("image_too_large", $"The file has {file.Length} bytes; allowed are {limits.MaxBytes}.");
        }
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data)
            ?? throw new ImageException("image_undecodable", "Not a readable picture; send PNG, JPEG or WebP.");
        var format = FormatOf(codec.EncodedFormat);
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if (width > limits.MaxSide || height > limits.MaxSide || (long)width * height > limits.MaxPixels)
        {
            throw new ImageException("image_too_large",
                $"The picture has {width} x {height} pixels; allowed are {limits.MaxPixels} in all and {limits.MaxSide} on a side.");
        }
        using var bitmap = new SKBitmap();
        if (!bitmap.TryAllocPixels(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul)))
        {
            throw new ImageException("image_too_large", $"No memory for {width} x {height} pixels.");
        }
        var result = codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        if (result != SKCodecResult.Success) throw new ImageException("image_undecodable", $"The picture is damaged ({result}).");
        return new DecodedImage(format, DropAlpha(bitmap));
    }

    /// <summary>Writes a PNG without any chunk but the pixels.</summary>
    /// <param name="image">The picture.</param>
    public static byte[] EncodePng(RgbImage image) =>
        PngChunks.KeepCritical(Encode(image, pixmap => pixmap.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.AllFilters, 6))));

    /// <summary>Writes a JPEG.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="quality">1 to 100.</param>
    public static byte[] EncodeJpeg(RgbImage image, int quality = 90) =>
        Encode(image, pixmap => pixmap.Encode(new SKJpegEncoderOptions(quality)));

    private static ImageFileFormat FormatOf(SKEncodedImageFormat format) => format switch
    {
        SKEncodedImageFormat.Png => ImageFileFormat.Png,
        SKEncodedImageFormat.Jpeg => ImageFileFormat.Jpeg,
        SKEncodedImageFormat.Webp => ImageFileFormat.Webp,
        _ => throw new ImageException("image_format", $"{format} is not accepted; send PNG, JPEG or WebP."),
    };

    private static RgbImage DropAlpha(SKBitmap bitmap)
    {
        var from = bitmap.GetPixelSpan();
        var pixels = new byte[bitmap.Width * bitmap.Height * 3];
        for (var i = 0; i < pixels.Length / 3; i++) from.Slice(4 * i, 3).CopyTo(pixels.AsSpan(3 * i));
        return new RgbImage(bitmap.Width, bitmap.Height, pixels);
    }

    private static byte[] Encode(RgbImage image, Func<SKPixmap, SKData?> encode)
    {
        // No colour space: Skia would add a profile chunk for one.
        using var bitmap = new SKBitmap(new SKImageInfo(image.Width, image.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var to = bitmap.GetPixelSpan();
        for (var i = 0; i < image.Width * image.Height; i++)
        {
            image.Pixels.AsSpan(3 * i, 3).CopyTo(to[(4 * i)..]);
            to[(4 * i) + 3] = 255;
        }
        using var pixmap = bitmap.PeekPixels();
        using var data = encode(pixmap)
            ?? throw new InvalidOperationException($"Skia could not write {image.Width} x {image.Height} pixels.");
        return data.ToArray();
    }
}
