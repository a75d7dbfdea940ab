using System.Text.Json;

namespace Niche.Subnet.Synapses;

/// <summary>The <c>pipeline_params</c> of <see cref="ImageGenerating"/> that the subnet knows. Wrong types read as absent: ranges are the
/// business of the side that generates.</summary>
/// <param name="NumInferenceSteps">Denoising steps.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="GuidanceScale">Classifier-free guidance scale.</param>
/// <param name="NegativePrompt">What not to paint.</param>
/// <param name="ImageFormat"><c>PNG</c>, <c>JPG</c> or <c>WEBP</c>.</param>
/// <param name="Strength">How much of a given picture is painted anew, 0 to 1.</param>
public sealed record ImageParameters(
    int? NumInferenceSteps = null,
    int? Width = null,
    int? Height = null,
    double? GuidanceScale = null,
    string? NegativePrompt = null,
    string? ImageFormat = null,
    double? Strength = null)
{
    /// <summary>Reads an object; never throws.</summary>
    public static ImageParameters Read(JsonElement parameters) => new(
        Int(parameters, "num_inference_steps"),
        Int(parameters, "width"),
        Int(parameters, "height"),
        parameters.Number("guidance_scale"),
        parameters.Text("negative_prompt", 100_000),
        parameters.Text("image_format", 8),
        parameters.Number("strength"));

    /// <summary>Writes the object, absent values left out.</summary>
    public JsonElement ToElement() => JsonObjects.From(this);

    private static int? Int(JsonElement parameters, string name) =>
        parameters.Whole(name) is { } whole and >= int.MinValue and <= int.MaxValue ? (int)whole : null;
}
