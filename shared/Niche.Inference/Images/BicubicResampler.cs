namespace Niche.Inference.Images;

/// <summary>
/// Resizes with the cubic of Keys (1981, a = -1/2), widened when it shrinks, as the preparation of CLIP's training pictures did. Plain arithmetic in double
/// precision, rounded after each direction.
/// </summary>
public static class BicubicResampler
{
    private const double Support = 2;

    /// <summary>Resizes a picture; returns it unchanged when it has the size already.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="width">New width.</param>
    /// <param name="height">New height.</param>
    public static RgbImage Resize(RgbImage image, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (image.Width == width && image.Height == height) return image;
        // Across first, then down; a pixel is three bytes, a row is all of its own.
        var across = Along(image.Pixels, image.Height, image.Width, width, 3);
        return new RgbImage(width, height, Along(across, 1, image.Height, height, 3 * width));
    }

    // Lines of places that are some bytes apart.
    private static byte[] Along(byte[] from, int lines, int places, int count, int bytes)
    {
        if (places == count) return from;
        var to = new byte[lines * count * bytes];
        for (var place = 0; place < count; place++)
        {
            var (first, weights) = Weights(place, places, count);
            for (var line = 0; line < lines; line++)
            {
                for (var b = 0; b < bytes; b++)
                {
                    var sum = 0.0;
                    for (var i = 0; i < weights.Length; i++) sum += weights[i] * from[(((line * places) + first + i) * bytes) + b];
                    to[(((line * count) + place) * bytes) + b] = (byte)Math.Clamp(Math.Floor(sum + 0.5), 0, 255);
                }
            }
        }
        return to;
    }

    private static (int First, double[] Weights) Weights(int place, int places, int count)
    {
        var scale = (double)places / count;
        var wide = Math.Max(1, scale);
        var centre = (place + 0.5) * scale;
        var first = Math.Max(0, (int)(centre - (Support * wide) + 0.5));
        var last = Math.Min(places, (int)(centre + (Support * wide) + 0.5));
        var weights = new double[last - first];
        for (var i = 0; i < weights.Length; i++) weights[i] = Cubic((first + i + 0.5 - centre) / wide);
        var sum = weights.Sum();
        for (var i = 0; i < weights.Length; i++) weights[i] /= sum;
        return (first, weights);
    }

    private static double Cubic(double x)
    {
        x = Math.Abs(x);
        if (x < 1) return (((1.5 * x) - 2.5) * x * x) + 1;
        return x < 2 ? (((((-0.5 * x) + 2.5) * x) - 4) * x) + 2 : 0;
    }
}
