using Niche.Inference.Models;

namespace Niche.Inference.Diffusion;

/// <summary>What the pipelines need of an AutoencoderKL's <c>config.json</c>.</summary>
/// <param name="Channels">Channels of the latents.</param>
/// <param name="ScalingFactor">Factor that gives latents unit variance.</param>
/// <param name="ShiftFactor">Mean that is taken off before.</param>
/// <param name="Scale">Pixels along the side of a place of the latents: twice for every block but one.</param>
internal sealed record VaeConfig(int Channels, float ScalingFactor, float ShiftFactor, int Scale)
{
    public const int UsualScale = 8;

    private const int MostBlocks = 6;
    private const int MostChannels = 128;

    public static VaeConfig Read(ModelFolder folder, string file)
    {
        var json = folder.ReadJson(file);
        var scaling = json.TryGetProperty("scaling_factor", out var value) && value.TryGetSingle(out var factor) && factor > 0 ? factor
            : throw new ModelFolderException("config_invalid", folder.PathOf(file), "scaling_factor must be a number above 0");
        var channels = !json.TryGetProperty("latent_channels", out value) ? 4
            : value.TryGetInt32(out var count) && count is > 0 and <= MostChannels ? count
            : throw new ModelFolderException("config_invalid", folder.PathOf(file), $"latent_channels must be 1 to {MostChannels}");
        var shift = json.TryGetProperty("shift_factor", out value) && value.ValueKind == System.Text.Json.JsonValueKind.Number ? value.GetSingle() : 0;
        var scale = !json.TryGetProperty("block_out_channels", out value) || value.ValueKind != System.Text.Json.JsonValueKind.Array ? UsualScale
            : value.GetArrayLength() is > 0 and <= MostBlocks and var blocks ? 1 << (blocks - 1)
            : throw new ModelFolderException("config_invalid", folder.PathOf(file), $"block_out_channels must name 1 to {MostBlocks} blocks");
        return new VaeConfig(channels, scaling, shift, scale);
    }
}
