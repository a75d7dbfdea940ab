using Niche.GpuEndpoint.Engines;
using Niche.Inference.Diffusion;
using Niche.Inference.Images;
using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Requests;

/// <summary>The small picture of <c>upscale</c>: <c>conditional_image</c>.</summary>
internal static class UpscaleReader
{
    private static readonly Bounds<long> Levels = new(0, 350, 20);

    /// <summary>Null when the pipeline is another one, or an error was added.</summary>
    /// <exception cref="ImageException">The picture can not be read.</exception>
    public static SmallPicture? Read(FieldReader fields, FieldReader parameters, string pipeline)
    {
        if (pipeline != PipelineNames.Upscale) return null;
        var level = parameters.Whole("noise_level", Levels, "noise_level_out_of_range");
        if (PictureReader.File(fields, GivenImageReader.Picture) is { } file) return new SmallPicture(PictureReader.Decode(file), (int)level);
        fields.Add(GivenImageReader.Picture, "conditional_image_missing", $"{pipeline} needs a picture: base64 of a PNG, JPEG or WebP");
        return null;
    }
}
