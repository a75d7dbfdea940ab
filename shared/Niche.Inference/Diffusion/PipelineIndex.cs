using Niche.Inference.Models;

namespace Niche.Inference.Diffusion;

/// <summary>What <c>model_index.json</c> says of a pipeline.</summary>
/// <param name="Family">How the parts fit together.</param>
/// <param name="ZeroEmptyNegative">Whether an empty negative prompt stands for zeros rather than for the encoding of nothing (SDXL).</param>
/// <param name="Aesthetic">Whether the denoiser is told how beautiful the picture is to be instead of the size that comes out (SDXL's refiner).</param>
internal sealed record PipelineIndex(PipelineFamily Family, bool ZeroEmptyNegative, bool Aesthetic)
{
    private const string File = "model_index.json";

    public static PipelineIndex Read(ModelFolder folder)
    {
        var json = folder.ReadJson(File);
        if (json.ValueKind != System.Text.Json.JsonValueKind.Object) throw new ModelFolderException("config_invalid", folder.PathOf(File), "it must be an object");
        var name = json.TryGetProperty("_class_name", out var text) ? text.ToString() : "";
        var zero = !json.TryGetProperty("force_zeros_for_empty_prompt", out var flag) || flag.ValueKind != System.Text.Json.JsonValueKind.False;
        var family = name switch
        {
            _ when name.Contains("Flux", StringComparison.Ordinal) => PipelineFamily.Flux,
            _ when name.Contains("StableDiffusion3", StringComparison.Ordinal) => PipelineFamily.StableDiffusion3,
            _ when name.Contains("XL", StringComparison.Ordinal) => PipelineFamily.StableDiffusionXl,
            _ when name.Contains("LatentUpscale", StringComparison.Ordinal) => throw new ModelFolderException("config_invalid", folder.PathOf(File),
                $"_class_name is '{name}'; of the upscalers only StableDiffusionUpscalePipeline is known"),
            _ when name.Contains("StableDiffusionUpscale", StringComparison.Ordinal) => PipelineFamily.Upscaler,
            _ when name.Contains("StableDiffusion", StringComparison.Ordinal) || name.Contains("LatentConsistency", StringComparison.Ordinal) =>
                PipelineFamily.StableDiffusion,
            _ => throw new ModelFolderException("config_invalid", folder.PathOf(File),
                $"_class_name is '{name}'; known are the pipelines of Stable Diffusion, SDXL, SD3, latent consistency and Flux"),
        };
        var aesthetic = json.TryGetProperty("requires_aesthetics_score", out flag) && flag.ValueKind == System.Text.Json.JsonValueKind.True;
        return new PipelineIndex(family, zero, aesthetic && family == PipelineFamily.StableDiffusionXl);
    }
}
