namespace Niche.Inference.Images;

/// <summary>
/// Resizes by averaging: each new pixel is the mean of the area that it covers. Plain arithmetic in double precision, so that the result is
/// the
/// same on every machine; meant for shrinking pictures before they are compared (enlarging repeats pixels).
/// </summary>
public static class AreaResampler
{
    /// <summary>Resizes a picture; returns it unchanged when it has the size already.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="width">New width.</param>
    /// <param name="height">New height.</param>
    public static RgbImage Resize(RgbImage image, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (image.Width == width && image.Height == height) return image;
        // Rows and columns are independent: first across, then down.
        var across = new double[image.Height * width * 3];
        for (var y = 0; y < image.Height; y++)
        {
            var row = image.Pixels.AsSpan(y * image.Width * 3, image.Width * 3);
            for (var x = 0; x < width; x++) AverageRow(row, image.Width, x, width, across.AsSpan(((y * width) + x) * 3, 3));
        }
        var pixels = new byte[width * height * 3];
        for (var y = 0; y < height; y++) AverageColumns(across, image.Height, y, height, width, pixels.AsSpan(y * width * 3, width * 3));
        return new RgbImage(width, height, pixels);
    }

    private static void AverageRow(ReadOnlySpan<byte> row, int size, int index, int count, Span<double> sum)
    {
        var (from, to) = ((double)index * size / count, (double)(index + 1) * size / count);
        for (var x = (int)from; x < Math.Min(size, Math.Ceiling(to)); x++)
        {
            var weight = (Math.Min(x + 1, to) - Math.Max(x, from)) / (to - from);
            for (var c = 0; c < 3; c++) sum[c] += weight * row[(3 * x) + c];
        }
    }

    private static void AverageColumns(double[] across, int size, int index, int count, int width, Span<byte> row)
    {
        var (from, to) = ((double)index * size / count, (double)(index + 1) * size / count);
        for (var i = 0; i < width * 3; i++)
        {
            var sum = 0.0;
            for (var y = (int)from; y < Math.Min(size, Math.Ceiling(to)); y++)
            {
                sum += (Math.Min(y + 1, to) - Math.Max(y, from)) / (to - from) * across[(y * width * 3) + i];
            }
            row[i] = (byte)Math.Clamp(Math.Round(sum), 0, 255);
        }
    }
}
