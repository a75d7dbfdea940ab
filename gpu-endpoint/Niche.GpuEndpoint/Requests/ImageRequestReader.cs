using System.Globalization;
using Niche.GpuEndpoint.Engines;
using Niche.GpuEndpoint.Models;
using Niche.Inference.Diffusion;
using Niche.Inference.Images;
using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Requests;

/// <summary>Checks the image form of <c>/generate</c> against the manifest of the model it names.</summary>
internal static class ImageRequestReader
{
    private const int PromptLength = 2000;
    private static readonly Bounds<long> Seeds = new(0, uint.MaxValue, 0);
    private static readonly Bounds<long> Skips = new(0, 12, 0);
    private static readonly Bounds<double> Handovers = new(0.01, 0.99, 0.8);
    private static readonly Bounds<double> Rescales = new(0, 1, 0);

    public static ImageJob Read(FieldReader fields, ModelStore store)
    {
        var name = fields.Text("model_name", "", 200, "model_unknown");
        var prompt = fields.Text("prompt", "", PromptLength, "prompt_too_long");
        var seed = fields.Whole("seed", Seeds, "seed_out_of_range");
        if (fields.Find("prompt") is null) fields.Add("prompt", "prompt_missing", "is required");
        if (store.Find(ModelKind.Image, name) is not { } folder)
        {
            fields.Add("model_name", "model_unknown", "no such image model here",
                allowed: [.. store.Served.Where(f => f.Manifest.Kind == ModelKind.Image).Select(f => f.Manifest.Name)]);
            fields.ThrowIfAny();
            throw new InvalidOperationException("Unreachable: an error was just added.");
        }
        var pipeline = Pipeline(fields, folder.Manifest);
        var parameters = fields.Object("pipeline_params");
        var (width, height) = Size(parameters, folder.Manifest);
        var steps = parameters.Whole("num_inference_steps", Steps(folder.Manifest), "steps_out_of_range");
        var guidance = parameters.Number(
            "guidance_scale", folder.Manifest.Guidance ?? new Bounds<double>(1, 20, 7.5), "guidance_out_of_range");
        var negative = parameters.Text("negative_prompt", "", PromptLength, "prompt_too_long");
        var format = Format(parameters);
        var skip = parameters.Whole("clip_skip", Skips, "clip_skip_out_of_range");
        var rescale = parameters.Number("guidance_rescale", Rescales, "guidance_rescale_out_of_range");
        var weighted = parameters.Flag("weighted_prompt");
        var given = GivenImageReader.Read(fields, parameters, pipeline, width, height);
        var control = ControlReader.Read(fields, parameters, pipeline, folder.Manifest, width, height);
        var shown = ImagePromptReader.Read(fields, parameters, pipeline, folder.Manifest);
        var small = UpscaleReader.Read(fields, parameters, pipeline);
        var refine = RefineFrom(parameters, pipeline, folder.Manifest);
        fields.ThrowIfAny();
        return new ImageJob(folder.Manifest.Name, prompt, negative, (uint)seed, (int)steps, guidance, width, height, format)
        {
            Given = given, Control = control, ImagePrompt = shown, RefineFrom = refine, Small = small, ClipSkip = (int)skip, GuidanceRescale = rescale, WeightedPrompt = weighted,
        };
    }

    private static double? RefineFrom(FieldReader parameters, string pipeline, ModelManifest manifest)
    {
        if (pipeline != PipelineNames.Refine && parameters.Find("refiner_start") is null) return null;
        if (manifest.Pipelines.Contains(PipelineNames.Refine)) return parameters.Number("refiner_start", Handovers, "refiner_start_out_of_range");
        parameters.Add("refiner_start", "refiner_unsupported", $"{manifest.Name} has no refiner; leave it out");
        return null;
    }

    private static Bounds<long> Steps(ModelManifest manifest) =>
        manifest.Steps is { } steps ? new Bounds<long>(steps.Min, steps.Max, steps.Default) : new Bounds<long>(1, 50, 20);

    private static string Pipeline(FieldReader fields, ModelManifest manifest)
    {
        var pipeline = fields.Text("pipeline_type", PipelineNames.FromWords, 100, "pipeline_unsupported");
        if (manifest.Pipelines.Contains(pipeline)) return pipeline;
        fields.Add("pipeline_type", "pipeline_unsupported", $"{manifest.Name} does not offer it", allowed: manifest.Pipelines);
        return PipelineNames.FromWords;
    }

    private static (int Width, int Height) Size(FieldReader parameters, ModelManifest manifest)
    {
        var first = manifest.Sizes[0];
        var width = parameters.Whole("width", new Bounds<long>(1, 16384, first.Width), "size_not_allowed");
        var height = parameters.Whole("height", new Bounds<long>(1, 16384, first.Height), "size_not_allowed");
        if (manifest.Sizes.Any(size => size.Width == width && size.Height == height)) return ((int)width, (int)height);
        parameters.Add("width", "size_not_allowed",
            string.Create(CultureInfo.InvariantCulture, $"{width} x {height} is not a size of {manifest.Name}"),
            allowed: [.. manifest.Sizes.Select(size => string.Create(CultureInfo.InvariantCulture, $"{size.Width}x{size.Height}"))]);
        return (first.Width, first.Height);
    }

    private static ImageFileFormat Format(FieldReader parameters)
    {
        var text = parameters.Text("image_format", "PNG", 20, "image_format_unsupported").ToUpperInvariant();
        if (text is "PNG") return ImageFileFormat.Png;
        if (text is "JPG" or "JPEG") return ImageFileFormat.Jpeg;
        parameters.Add("image_format", "image_format_unsupported", "is not offered", allowed: ["PNG", "JPG"]);
        return ImageFileFormat.Png;
    }
}
