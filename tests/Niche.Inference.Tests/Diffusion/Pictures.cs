using Niche.Inference.Images;

namespace Niche.Inference.Tests.Diffusion;

/// <summary>Pictures to start from.</summary>
internal static class Pictures
{
    public static RgbImage Gradient(int width, int height)
    {
        var pixels = new byte[3 * width * height];
        for (var i = 0; i < width * height; i++)
        {
            pixels[3 * i] = (byte)(255 * (i % width) / width);
            pixels[(3 * i) + 1] = (byte)(255 * (i / width) / height);
            pixels[(3 * i) + 2] = (byte)(i % 7 * 30);
        }
        return new RgbImage(width, height, pixels);
    }

    /// <summary>The left half is painted anew.</summary>
    public static byte[] Half(int width, int height) => [.. Enumerable.Range(0, width * height).Select(i => (byte)(i % width < width / 2 ? 255 : 0))];

    /// <summary>Root of the mean squared difference over the pixels that the mask chooses.</summary>
    public static double Distance(RgbImage one, RgbImage other, Func<int, bool>? where = null)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < one.Pixels.Length; i++)
        {
            if (where is not null && !where(i / 3)) continue;
            sum += Math.Pow(one.Pixels[i] - other.Pixels[i], 2);
            count++;
        }
        return Math.Sqrt(sum / count);
    }
}
