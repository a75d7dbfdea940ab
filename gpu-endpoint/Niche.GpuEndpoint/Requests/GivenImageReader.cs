using Niche.GpuEndpoint.Engines;
using Niche.Inference.Diffusion;
using Niche.Inference.Images;
using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Requests;

/// <summary>The picture, the mask and the strength of <c>img2img</c> and <c>inpaint</c>.</summary>
internal static class GivenImageReader
{
    /// <summary>The field of the picture that a pipeline begins with.</summary>
    public const string Picture = "conditional_image";

    private const string Covering = "mask_image";
    private static readonly Bounds<double> Strengths = new(0.01, 1, 0.8);

    /// <summary>Null when the pipeline begins with no picture, or an error was added.</summary>
    /// <exception cref="ImageException">The picture can not be read.</exception>
    public static GivenImage? Read(FieldReader fields, FieldReader parameters, string pipeline, int width, int height)
    {
        // Theirs is read with the rest of what they need.
        if (pipeline is PipelineNames.Control or PipelineNames.ImagePrompt or PipelineNames.Upscale) return null;
        var file = PictureReader.File(fields, Picture);
        if (pipeline is not (PipelineNames.FromImage or PipelineNames.Inpaint))
        {
            if (file is not null) fields.Add(Picture, "conditional_image_unsupported", $"{pipeline} takes no picture; leave it out");
            return null;
        }
        var strength = parameters.Number("strength", Strengths, "strength_out_of_range");
        var mask = PictureReader.File(parameters, Covering);
        if (file is null) fields.Add(Picture, "conditional_image_missing", $"{pipeline} needs a picture: base64 of a PNG, JPEG or WebP");
        if (mask is null && pipeline == PipelineNames.Inpaint) parameters.Add(Covering, "mask_missing", "inpaint needs a mask: a picture that is white where it is to be painted");
        if (file is null || (mask is null && pipeline == PipelineNames.Inpaint)) return null;
        return new GivenImage(PictureReader.Fit(file, width, height), strength, pipeline == PipelineNames.Inpaint ? Cover(PictureReader.Fit(mask!, width, height)) : null);
    }

    private static byte[] Cover(RgbImage mask)
    {
        var cover = new byte[mask.Width * mask.Height];
        for (var i = 0; i < cover.Length; i++) cover[i] = (byte)((mask.Pixels[3 * i] + mask.Pixels[(3 * i) + 1] + mask.Pixels[(3 * i) + 2]) / 3);
        return cover;
    }
}
