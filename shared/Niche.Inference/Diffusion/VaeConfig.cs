using System.Text.Json;
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

    /// <exception cref="ModelFolderException">A value is missing or out of range.</exception>
    public static VaeConfig Read(ModelFolder folder, string file)
    {
        var json = folder.ReadJson(file);
        ModelFolderException Wrong(string message) => new("config_invalid", folder.PathOf(file), message);
        JsonElement? Find(string name, JsonValueKind kind) =>
            json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
            : value.ValueKind == kind ? value : throw Wrong($"{name} is of another kind than {kind}");

        var scaling = Find("scaling_factor", JsonValueKind.Number)?.GetSingle() is > 0 and < float.PositiveInfinity and var factor ? factor
            : throw Wrong("scaling_factor must be a number above 0");
        var channels = Find("latent_channels", JsonValueKind.Number) is not { } stated ? 4
            : stated.TryGetInt32(out var count) && count is > 0 and <= MostChannels ? count
            : throw Wrong($"latent_channels must be 1 to {MostChannels}");
        var shift = Find("shift_factor", JsonValueKind.Number)?.GetSingle() ?? 0;
        if (!float.IsFinite(shift)) throw Wrong("shift_factor must be finite");
        var scale = Find("block_out_channels", JsonValueKind.Array) is not { } blocks ? UsualScale
            : blocks.GetArrayLength() is > 0 and <= MostBlocks and var length ? 1 << (length - 1)
            : throw Wrong($"block_out_channels must name 1 to {MostBlocks} blocks");
        return new VaeConfig(channels, scaling, shift, scale);
    }
}
