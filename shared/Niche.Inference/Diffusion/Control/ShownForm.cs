using Niche.Inference.Images;
using Niche.Inference.Models;

namespace Niche.Inference.Diffusion.Control;

/// <summary>
/// What a ControlNet sees of its picture: for a UNet colours from 0 to 1; for a transformer colours from -1 to 1, or the latents of the picture, as planes or as
/// patches.
/// </summary>
internal sealed class ShownForm
{
    private readonly bool _transformer;
    private readonly bool _latents;
    private readonly bool _patches;
    private readonly bool _shifted;

    private ShownForm(bool transformer, bool latents, bool patches, bool shifted) => (_transformer, _latents, _patches, _shifted) = (transformer, latents, patches, shifted);

    /// <summary>Colours from 0 to 1.</summary>
    public static ShownForm Colours { get; } = new(transformer: false, latents: false, patches: false, shifted: false);

    /// <summary>Reads from a graph what it wants to see.</summary>
    /// <param name="folder">The model.</param>
    /// <param name="graph">The ControlNet.</param>
    /// <param name="form">Its family's.</param>
    /// <param name="shifted">Whether latents have mean zero, as the denoiser's.</param>
    /// <exception cref="ModelFolderException">It wants something else, or there is no encoder for it.</exception>
    public static ShownForm Of(ModelFolder folder, OnnxGraph graph, ControlForm form, bool shifted)
    {
        if (!form.Transformer) return Colours;
        var axes = graph.Session.InputMetadata[ControlNet.Picture].Dimensions;
        if (axes.Length == 4 && axes[1] == 3) return new ShownForm(transformer: true, latents: false, patches: false, shifted);
        var channels = VaeConfig.Read(folder, VaeDecoder.ConfigFile).Channels;
        if (!(axes.Length == 4 && (axes[1] <= 0 || axes[1] == channels)) && !(axes.Length == 3 && (axes[2] <= 0 || axes[2] == 4 * channels)))
        {
            throw new ModelFolderException("graph_invalid", graph.File, $"{ControlNet.Picture} is [{string.Join(", ", axes)}]; a picture of 3 channels, its latents of {channels} and patches of {4 * channels} are known");
        }
        if (folder.Has(VaeEncoder.File)) return new ShownForm(transformer: true, latents: true, axes.Length == 3, shifted);
        throw new ModelFolderException("file_missing", graph.File, $"this ControlNet sees the latents of its picture, so the folder needs {VaeEncoder.File}");
    }

    /// <summary>Axes of what is seen of one picture.</summary>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="shape">[channels, height, width] of the latents.</param>
    public long[] Axes(int width, int height, ReadOnlySpan<long> shape) =>
        !_latents ? [3, height, width] : _patches ? [shape[1] * shape[2] / 4, 4 * shape[0]] : shape.ToArray();

    /// <summary>What is seen of a picture.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="shape">[channels, height, width] of the latents.</param>
    /// <param name="encode">The encoder, and whether its latents are shifted.</param>
    public float[] See(RgbImage image, ReadOnlySpan<long> shape, Func<RgbImage, bool, float[]> encode)
    {
        if (_latents)
        {
            var latents = encode(image, _shifted);
            if (!_patches) return latents;
            var patches = new float[latents.Length];
            PatchLatents.Pack(latents, shape, patches);
            return patches;
        }
        var planes = new float[3 * image.Width * image.Height];
        if (_transformer) image.ToPlanes(planes);
        else Bright(image, planes);
        return planes;
    }

    private static void Bright(RgbImage image, Span<float> planes)
    {
        var area = image.Width * image.Height;
        for (var i = 0; i < area; i++)
        {
            for (var c = 0; c < 3; c++) planes[(c * area) + i] = image.Pixels[(3 * i) + c] / 255f;
        }
    }
}
