namespace Niche.Inference.Images;

/// <summary>Brings a picture to a size without bending it.</summary>
public static class MiddleFit
{
    /// <summary>The largest middle part of the right proportions, shrunk or enlarged to the size.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    public static RgbImage To(RgbImage image, int width, int height)
    {
        var columns = Math.Clamp((int)Math.Round((double)image.Height * width / height), 1, image.Width);
        var rows = Math.Clamp((int)Math.Round((double)image.Width * height / width), 1, image.Height);
        var (left, top) = ((image.Width - columns) / 2, (image.Height - rows) / 2);
        var pixels = new byte[3 * columns * rows];
        for (var y = 0; y < rows; y++)
            image.Pixels.AsSpan(3 * (((top + y) * image.Width) + left), 3 * columns).CopyTo(pixels.AsSpan(3 * y * columns));
        return AreaResampler.Resize(new RgbImage(columns, rows, pixels), width, height);
    }
}
