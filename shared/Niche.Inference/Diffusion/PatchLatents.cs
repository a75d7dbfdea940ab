namespace Niche.Inference.Diffusion;

/// <summary>Latents as Flux sees them: 2 x 2 patches in reading order, each with its channels' four numbers one after the other.</summary>
internal static class PatchLatents
{
    private const int Side = 2;

    /// <summary>Pixels along the side of a patch.</summary>
    public const int Pixels = 16;

    /// <summary>From planes [channels, height, width] to [patches, 4 * channels].</summary>
    public static void Pack(ReadOnlySpan<float> planes, ReadOnlySpan<long> shape, Span<float> patches)
    {
        var (channels, height, width) = ((int)shape[0], (int)shape[1], (int)shape[2]);
        var at = 0;
        for (var y = 0; y < height; y += Side)
        {
            for (var x = 0; x < width; x += Side)
            {
                for (var c = 0; c < channels; c++)
                {
                    var corner = (((c * height) + y) * width) + x;
                    (patches[at], patches[at + 1]) = (planes[corner], planes[corner + 1]);
                    (patches[at + 2], patches[at + 3]) = (planes[corner + width], planes[corner + width + 1]);
                    at += Side * Side;
                }
            }
        }
    }

    /// <summary>The way back.</summary>
    public static void Unpack(ReadOnlySpan<float> patches, ReadOnlySpan<long> shape, Span<float> planes)
    {
        var (channels, height, width) = ((int)shape[0], (int)shape[1], (int)shape[2]);
        var at = 0;
        for (var y = 0; y < height; y += Side)
        {
            for (var x = 0; x < width; x += Side)
            {
                for (var c = 0; c < channels; c++)
                {
                    var corner = (((c * height) + y) * width) + x;
                    (planes[corner], planes[corner + 1]) = (patches[at], patches[at + 1]);
                    (planes[corner + width], planes[corner + width + 1]) = (patches[at + 2], patches[at + 3]);
                    at += Side * Side;
                }
            }
        }
    }
}
