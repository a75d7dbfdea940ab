using Niche.Inference.Diffusion;
using Niche.Inference.Diffusion.ImagePrompts;
using Niche.Inference.Images;
using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Requests;

/// <summary>The picture that speaks beside the words: <c>conditional_image</c> of the pipeline <c>ip_adapter</c>, <c>ip_adapter_image</c> of the others.</summary>
internal static class ImagePromptReader
{
    private const string Picture = "ip_adapter_image";
    private static readonly Bounds<double> Scales = new(0, 10, 1);

    /// <summary>Null when there is none, or an error was added.</summary>
    /// <exception cref="ImageException">The picture can not be read.</exception>
    public static ImagePrompt? Read(FieldReader fields, FieldReader parameters, string pipeline, ModelManifest manifest)
    {
        var file = PictureReader.File(parameters, Picture);
        if (pipeline == PipelineNames.ImagePrompt)
        {
            if (file is not null) parameters.Add(Picture, "ip_adapter_image_unsupported", $"the picture of {pipeline} is {GivenImageReader.Picture}; leave this one out");
            file = PictureReader.File(fields, GivenImageReader.Picture);
            if (file is null) fields.Add(GivenImageReader.Picture, "conditional_image_missing", $"{pipeline} needs a picture: base64 of a PNG, JPEG or WebP");
        }
        else if (file is not null && !manifest.Pipelines.Contains(PipelineNames.ImagePrompt))
        {
            parameters.Add(Picture, "ip_adapter_image_unsupported", $"{manifest.Name} has no IP-Adapter; leave it out");
            return null;
        }
        return file is null ? null : new ImagePrompt(PictureReader.Decode(file)) { Scale = parameters.Number("ip_adapter_scale", Scales, "ip_adapter_scale_out_of_range") };
    }
}
