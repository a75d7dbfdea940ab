using Niche.Inference.Models;

namespace Niche.Inference.Diffusion;

/// <summary>What the pipelines need of an AutoencoderKL's <c>config.json</c>.</summary>
internal static class VaeConfig
{
    public static float ScalingFactor(ModelFolder folder, string file) =>
        folder.ReadJson(file).TryGetProperty("scaling_factor", out var value) && value.TryGetSingle(out var factor) && factor > 0
            ? factor
            : throw new ModelFolderException("config_invalid", folder.PathOf(file), "scaling_factor must be a number above 0");
}
