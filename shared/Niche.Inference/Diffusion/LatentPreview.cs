using Niche.Inference.Images;

namespace Niche.Inference.Diffusion;

/// <summary>
/// A rough picture straight from latents: every colour a linear mix of the channels, fitted by least squares to a picture that the decoder made.
/// Costs next to nothing where a decoder costs a second.
/// </summary>
internal sealed class LatentPreview
{
    // Keeps the equations solvable when a channel hardly moves.
    private const double Ridge = 1e-3;
    private readonly double[][] _mix;

    private LatentPreview(double[][] mix) => _mix = mix;

    /// <summary>Fits the mix.</summary>
    /// <param name="latents">Final latents [channels, height, width].</param>
    /// <param name="shape">Their axes.</param>
    /// <param name="image">What they were decoded to.</param>
    public static LatentPreview Fit(ReadOnlySpan<float> latents, ReadOnlySpan<long> shape, RgbImage image)
    {
        var (channels, height, width) = ((int)shape[0], (int)shape[1], (int)shape[2]);
        var small = AreaResampler.Resize(image, width, height);
        var n = channels + 1;
        var normal = new double[n, n + 3];
        Span<double> row = stackalloc double[n];
        for (var at = 0; at < height * width; at++)
        {
            for (var c = 0; c < channels; c++) row[c] = latents[(c * height * width) + at];
            row[channels] = 1;
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++) normal[i, j] += row[i] * row[j];
                for (var colour = 0; colour < 3; colour++) normal[i, n + colour] += row[i] * small.Pixels[(3 * at) + colour];
            }
        }
        for (var i = 0; i < n; i++) normal[i, i] += Ridge * height * width;
        return new LatentPreview(Solve(normal, n));
    }

    /// <summary>Paints the preview at a size.</summary>
    public RgbImage Paint(ReadOnlySpan<float> latents, ReadOnlySpan<long> shape, int width, int height)
    {
        var (channels, rows, columns) = ((int)shape[0], (int)shape[1], (int)shape[2]);
        var pixels = new byte[3 * width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var at = (y * rows / height * columns) + (x * columns / width);
                for (var colour = 0; colour < 3; colour++)
                {
                    var value = _mix[colour][channels];
                    for (var c = 0; c < channels; c++) value += _mix[colour][c] * latents[(c * rows * columns) + at];
                    pixels[(3 * ((y * width) + x)) + colour] = (byte)Math.Clamp(Math.Round(value), 0, 255);
                }
            }
        }
        return new RgbImage(width, height, pixels);
    }

    // Gauss-Jordan; the ridge keeps every pivot away from zero.
    private static double[][] Solve(double[,] normal, int n)
    {
        for (var pivot = 0; pivot < n; pivot++)
        {
            for (var row = 0; row < n; row++)
            {
                if (row == pivot) continue;
                var factor = normal[row, pivot] / normal[pivot, pivot];
                for (var column = pivot; column < n + 3; column++) normal[row, column] -= factor * normal[pivot, column];
            }
        }
        return [.. Enumerable.Range(0, 3).Select(colour => Enumerable.Range(0, n).Select(i => normal[i, n + colour] / normal[i, i]).ToArray())];
    }
}
