namespace Niche.Inference.Images;

/// <summary>A picture as bytes R, G, B per pixel, rows from top to bottom, no padding.</summary>
/// <param name="Width">Pixels from left to right.</param>
/// <param name="Height">Pixels from top to bottom.</param>
/// <param name="Pixels">3 * Width * Height bytes.</param>
public sealed record RgbImage(int Width, int Height, byte[] Pixels)
{
    /// <summary>Writes the picture as planes R, G, B scaled to -1..1, as the graphs take it.</summary>
    /// <param name="planes">3 * Width * Height numbers.</param>
    public void ToPlanes(Span<float> planes)
    {
        var area = Width * Height;
        for (var i = 0; i < area; i++)
        {
            planes[i] = (Pixels[3 * i] / 127.5f) - 1;
            planes[area + i] = (Pixels[(3 * i) + 1] / 127.5f) - 1;
            planes[(2 * area) + i] = (Pixels[(3 * i) + 2] / 127.5f) - 1;
        }
    }

    /// <summary>Reads planes R, G, B in -1..1 (values beyond are clipped).</summary>
    /// <param name="planes">3 * width * height numbers.</param>
    /// <param name="width">Pixels from left to right.</param>
    /// <param name="height">Pixels from top to bottom.</param>
    public static RgbImage FromPlanes(ReadOnlySpan<float> planes, int width, int height)
    {
        var area = width * height;
        var pixels = new byte[3 * area];
        for (var i = 0; i < area; i++)
        {
            for (var c = 0; c < 3; c++)
            {
                pixels[(3 * i) + c] = (byte)Math.Clamp(MathF.Round((planes[(c * area) + i] + 1) * 127.5f), 0f, 255f);
            }
        }
        return new RgbImage(width, height, pixels);
    }
}
