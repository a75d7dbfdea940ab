namespace Niche.Inference.Images;

/// <summary>
/// Edges one pixel wide, white on black (Canny, "A Computational Approach to Edge Detection", 1986): Sobel gradients of the colour that changes most,
/// their ridges, and of those the ones that are strong or hang together with strong ones. In whole numbers only, so the same on every machine.
/// </summary>
public static class CannyEdges
{
    /// <summary>Largest gradient that there can be, across and down together.</summary>
    public const int MostGradient = 2040;

    // tan(22.5 degrees) and, one more, tan(67.5), with 15 bits behind the point.
    private const int Slope = 13573;
    private const int Point = 15;

    /// <summary>Finds edges.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="low">Gradient above which a ridge counts where it hangs together with a strong one, 0 to <see cref="MostGradient"/>.</param>
    /// <param name="high">Gradient above which a ridge is strong, not below the other.</param>
    public static RgbImage Find(RgbImage image, int low, int high)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(low);
        ArgumentOutOfRangeException.ThrowIfLessThan(high, low);
        var (across, down) = Gradients(image);
        // 0: none, 1: weak, 2: edge.
        var kinds = new byte[image.Width * image.Height];
        var open = new Stack<int>();
        for (var at = 0; at < kinds.Length; at++)
        {
            if (!IsRidge(across, down, at, image.Width, image.Height, low)) continue;
            kinds[at] = 1;
            if (Size(across, down, at) <= high) continue;
            kinds[at] = 2;
            open.Push(at);
        }
        Follow(kinds, open, image.Width, image.Height);
        var pixels = new byte[3 * kinds.Length];
        for (var at = 0; at < kinds.Length; at++) pixels.AsSpan(3 * at, 3).Fill(kinds[at] == 2 ? (byte)255 : (byte)0);
        return image with { Pixels = pixels };
    }

    private static (int[] Across, int[] Down) Gradients(RgbImage image)
    {
        var (width, height, pixels) = (image.Width, image.Height, image.Pixels);
        var (across, down) = (new int[width * height], new int[width * height]);
        for (var at = 0; at < across.Length; at++)
        {
            var (y, x) = (at / width, at % width);
            // At the border the last pixel goes on for ever.
            var (above, below) = (Math.Max(y - 1, 0) * width, Math.Min(y + 1, height - 1) * width);
            var (left, right, row) = (Math.Max(x - 1, 0), Math.Min(x + 1, width - 1), y * width);
            for (var c = 0; c < 3; c++)
            {
                int At(int line, int column) => pixels[(3 * (line + column)) + c];
                var dx = At(above, right) + (2 * At(row, right)) + At(below, right) - At(above, left) - (2 * At(row, left)) - At(below, left);
                var dy = At(below, left) + (2 * At(below, x)) + At(below, right) - At(above, left) - (2 * At(above, x)) - At(above, right);
                if (Math.Abs(dx) + Math.Abs(dy) > Size(across, down, at)) (across[at], down[at]) = (dx, dy);
            }
        }
        return (across, down);
    }

    private static int Size(int[] across, int[] down, int at) => Math.Abs(across[at]) + Math.Abs(down[at]);

    private static bool IsRidge(int[] across, int[] down, int at, int width, int height, int low)
    {
        var (size, y, x) = (Size(across, down, at), at / width, at % width);
        if (size <= low) return false;
        var (dx, dy) = (Math.Abs(across[at]), Math.Abs(down[at]) << Point);
        var flat = dx * Slope;
        int Near(int right, int below) => x + right < 0 || x + right >= width || y + below < 0 || y + below >= height ? 0 : Size(across, down, at + right + (below * width));
        // Of two that are equal the first is the ridge; on a slant neither may be.
        if (dy < flat) return size > Near(-1, 0) && size >= Near(1, 0);
        if (dy > flat + (dx << (Point + 1))) return size > Near(0, -1) && size >= Near(0, 1);
        var slant = (across[at] ^ down[at]) < 0 ? -1 : 1;
        return size > Near(-slant, -1) && size > Near(slant, 1);
    }

    private static void Follow(byte[] kinds, Stack<int> open, int width, int height)
    {
        while (open.TryPop(out var at))
        {
            for (var y = Math.Max(at / width - 1, 0); y <= Math.Min(at / width + 1, height - 1); y++)
            {
                for (var x = Math.Max(at % width - 1, 0); x <= Math.Min(at % width + 1, width - 1); x++)
                {
                    if (kinds[(y * width) + x] != 1) continue;
                    kinds[(y * width) + x] = 2;
                    open.Push((y * width) + x);
                }
            }
        }
    }
}
