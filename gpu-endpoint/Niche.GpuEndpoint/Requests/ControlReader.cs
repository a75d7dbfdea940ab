using Niche.Inference.Diffusion;
using Niche.Inference.Diffusion.Control;
using Niche.Inference.Images;
using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Requests;

/// <summary>The picture that says where things go: <c>conditional_image</c> of the pipeline <c>controlnet</c>, <c>control_image</c> of the others.</summary>
internal static class ControlReader
{
    private const string Picture = "control_image";
    private const string Edges = "canny";
    private static readonly Bounds<double> Scales = new(0, 10, 1);
    private static readonly Bounds<long> Modes = new(0, 100, 0);
    private static readonly Bounds<long> Gradients = new(0, CannyEdges.MostGradient, 0);

    /// <summary>Null when there is none, or an error was added.</summary>
    /// <exception cref="ImageException">The picture can not be read.</exception>
    public static ControlPicture? Read(FieldReader fields, FieldReader parameters, string pipeline, ModelManifest manifest, int width, int height)
    {
        var file = PictureReader.File(parameters, Picture);
        if (pipeline == PipelineNames.Control)
        {
            if (file is not null) parameters.Add(Picture, "control_image_unsupported", $"the picture of {pipeline} is {GivenImageReader.Picture}; leave this one out");
            file = PictureReader.File(fields, GivenImageReader.Picture);
            if (file is null) fields.Add(GivenImageReader.Picture, "conditional_image_missing", $"{pipeline} needs a picture: base64 of a PNG, JPEG or WebP");
        }
        else if (file is not null && !manifest.Pipelines.Contains(PipelineNames.Control))
        {
            parameters.Add(Picture, "control_image_unsupported", $"{manifest.Name} has no ControlNet; leave it out");
            return null;
        }
        if (file is null) return null;
        var scale = parameters.Number("controlnet_conditioning_scale", Scales, "control_scale_out_of_range");
        var start = parameters.Number("control_guidance_start", new(0, 1, 0), "control_guidance_out_of_range");
        var end = parameters.Number("control_guidance_end", new(0, 1, 1), "control_guidance_out_of_range");
        if (end <= start) parameters.Add("control_guidance_end", "control_guidance_out_of_range", "must be above control_guidance_start");
        int? mode = parameters.Find("control_mode") is null ? null : (int)parameters.Whole("control_mode", Modes, "control_mode_out_of_range");
        var image = PictureReader.Fit(file, width, height);
        return new ControlPicture(Prepared(parameters, image)) { Scale = scale, Start = start, End = end, Guess = parameters.Flag("guess_mode"), Mode = mode };
    }

    private static RgbImage Prepared(FieldReader parameters, RgbImage image)
    {
        var how = parameters.Text("control_preprocessor", "none", 20, "control_preprocessor_unsupported");
        if (how is not (Edges or "none")) parameters.Add("control_preprocessor", "control_preprocessor_unsupported", "is not offered", allowed: ["none", Edges]);
        var low = (int)parameters.Whole("canny_low_threshold", Gradients with { Default = 100 }, "canny_threshold_out_of_range");
        var high = (int)parameters.Whole("canny_high_threshold", Gradients with { Default = 200 }, "canny_threshold_out_of_range");
        if (high < low) parameters.Add("canny_high_threshold", "canny_threshold_out_of_range", "must not be below canny_low_threshold");
        return how == Edges && low <= high ? CannyEdges.Find(image, low, high) : image;
    }
}
