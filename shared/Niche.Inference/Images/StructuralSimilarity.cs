namespace Niche.Inference.Images;

/// <summary>
/// Structural similarity of two pictures (Wang, Bovik, Sheikh and Simoncelli, "Image Quality Assessment: From Error Visibility to Structural Similarity", 2004):
/// 1 for equal ones, near 0 for strangers. Luma of ITU-R BT.601, a Gaussian window of 11 x 11 with a deviation of 1.5, windows that lie wholly inside.
/// </summary>
public static class StructuralSimilarity
{
    private const int Radius = 5;
    private const double Deviation = 1.5;
    private const double C1 = 0.01 * 255 * 0.01 * 255;
    private const double C2 = 0.03 * 255 * 0.03 * 255;
    private static readonly double[] Window = Gaussian();

    /// <summary>Mean over all windows, -1 to 1.</summary>
    /// <param name="a">One picture, at least 11 pixels wide and high.</param>
    /// <param name="b">The other, of the same size.</param>
    /// <exception cref="ArgumentException">The sizes differ, or are too small for one window.</exception>
    public static double Mean(RgbImage a, RgbImage b)
    {
        if ((a.Width, a.Height) != (b.Width, b.Height)) throw new ArgumentException("The pictures differ in size.", nameof(b));
        if (Math.Min(a.Width, a.Height) < Window.Length) throw new ArgumentException($"A picture needs {Window.Length} pixels at least on each side.", nameof(a));
        var (x, y) = (Luma(a), Luma(b));
        var (meanX, meanY) = (Blur(x, a.Width), Blur(y, a.Width));
        var (xx, yy, xy) = (Blur(Product(x, x), a.Width), Blur(Product(y, y), a.Width), Blur(Product(x, y), a.Width));
        var sum = 0.0;
        for (var i = 0; i < meanX.Length; i++)
        {
            var (m, n) = (meanX[i], meanY[i]);
            sum += ((2 * m * n) + C1) * ((2 * (xy[i] - (m * n))) + C2) / (((m * m) + (n * n) + C1) * (xx[i] - (m * m) + yy[i] - (n * n) + C2));
        }
        return sum / meanX.Length;
    }

    private static double[] Luma(RgbImage image)
    {
        var luma = new double[image.Width * image.Height];
        for (var i = 0; i < luma.Length; i++) luma[i] = ((299 * image.Pixels[3 * i]) + (587 * image.Pixels[(3 * i) + 1]) + (114 * image.Pixels[(3 * i) + 2])) / 1000.0;
        return luma;
    }

    private static double[] Product(double[] a, double[] b)
    {
        var product = new double[a.Length];
        for (var i = 0; i < a.Length; i++) product[i] = a[i] * b[i];
        return product;
    }

    // Across, then down; the margin of a window's radius falls away.
    private static double[] Blur(double[] values, int width)
    {
        var (height, narrow) = (values.Length / width, width - (2 * Radius));
        var across = new double[narrow * height];
        for (var i = 0; i < across.Length; i++)
        {
            for (var k = 0; k < Window.Length; k++) across[i] += Window[k] * values[(i / narrow * width) + (i % narrow) + k];
        }
        var blurred = new double[narrow * (height - (2 * Radius))];
        for (var i = 0; i < blurred.Length; i++)
        {
            for (var k = 0; k < Window.Length; k++) blurred[i] += Window[k] * across[i + (k * narrow)];
        }
        return blurred;
    }

    private static double[] Gaussian()
    {
        double[] weights = [.. Enumerable.Range(-Radius, (2 * Radius) + 1).Select(i => Math.Exp(-i * i / (2 * Deviation * Deviation)))];
        var sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }
}
