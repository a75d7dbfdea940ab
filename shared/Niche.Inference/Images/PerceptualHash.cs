namespace Niche.Inference.Images;

/// <summary>64-bit fingerprints of how a picture looks; near pictures differ in few bits.</summary>
public static class PerceptualHash
{
    private const int Side = 32;
    private const int Low = 8;

    /// <summary>
    /// Difference hash: on a 9 x 8 grey thumbnail, is each pixel brighter than its right neighbour? First bit = top left, most significant.
    /// </summary>
    /// <param name="image">The picture.</param>
    public static ulong Difference(RgbImage image)
    {
        var small = AreaResampler.Resize(image, Low + 1, Low);
        ulong hash = 0;
        for (var y = 0; y < Low; y++)
        {
            for (var x = 0; x < Low; x++) hash = (hash << 1) | (Grey(small, x, y) > Grey(small, x + 1, y) ? 1ul : 0);
        }
        return hash;
    }

    /// <summary>
    /// DCT hash (after Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions", 2010): the 8 x 8 lowest frequencies of
    /// a
    /// 32 x 32 grey thumbnail, each against the median of all but the mean. First bit = the mean's place, most significant.
    /// </summary>
    /// <param name="image">The picture.</param>
    public static ulong Cosine(RgbImage image)
    {
        var small = AreaResampler.Resize(image, Side, Side);
        Span<double> frequencies = stackalloc double[Low * Low];
        for (var v = 0; v < Low; v++)
        {
            for (var u = 0; u < Low; u++) frequencies[(v * Low) + u] = Frequency(small, u, v);
        }
        Span<double> sorted = stackalloc double[(Low * Low) - 1];
        frequencies[1..].CopyTo(sorted);
        sorted.Sort();
        var median = sorted[sorted.Length / 2];
        ulong hash = 0;
        foreach (var frequency in frequencies) hash = (hash << 1) | (frequency > median ? 1ul : 0);
        return hash;
    }

    private static double Frequency(RgbImage image, int u, int v)
    {
        var sum = 0.0;
        for (var y = 0; y < Side; y++)
        {
            var down = Math.Cos(((2 * y) + 1) * v * Math.PI / (2 * Side));
            for (var x = 0; x < Side; x++) sum += Grey(image, x, y) * down * Math.Cos(((2 * x) + 1) * u * Math.PI / (2 * Side));
        }
        return sum;
    }

    // Integer luma (ITU-R BT.601 weights times 1000): no rounding that could differ between machines.
    private static int Grey(RgbImage image, int x, int y)
    {
        var at = ((y * image.Width) + x) * 3;
        return (299 * image.Pixels[at]) + (587 * image.Pixels[at + 1]) + (114 * image.Pixels[at + 2]);
    }
}
