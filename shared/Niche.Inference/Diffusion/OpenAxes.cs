using Niche.Inference.Models;

namespace Niche.Inference.Diffusion;

/// <summary>How far the axes that diffusion graphs leave open can go: rows, the sides of the latents, tokens.</summary>
internal static class OpenAxes
{
    // One window of a CLIP encoder, and the most that a weighted prompt usually has.
    private const int Window = 77;
    private const int Windows = 3;

    // Prompt and negative prompt of one picture, up to a small batch of them.
    private static readonly Bounds<int> Rows = new(1, 8, 2);

    /// <summary>Ranges by input and axis; null for an axis that this does not know.</summary>
    /// <param name="manifest">Names the sizes of pictures.</param>
    /// <param name="scale">Pixels along the side of a place of the latents.</param>
    public static Func<string, int, Bounds<int>?> Of(ModelManifest manifest, int scale = VaeConfig.UsualScale)
    {
        var (height, width) = (Side(manifest, size => size.Height / scale), Side(manifest, size => size.Width / scale));
        return (input, axis) => (input, axis) switch
        {
            (_, 0) => Rows,
            ("sample" or "hidden_states" or "latent_sample", 2) => height,
            ("sample" or "hidden_states" or "latent_sample", 3) => width,
            ("encoder_hidden_states", 1) => new Bounds<int>(1, Windows * Window, Window),
            _ => null,
        };
    }

    private static Bounds<int>? Side(ModelManifest manifest, Func<PictureSize, int> side) => manifest.Sizes.Count == 0
        ? null
        : new Bounds<int>(manifest.Sizes.Min(side), manifest.Sizes.Max(side), side(manifest.Sizes[0]));
}
