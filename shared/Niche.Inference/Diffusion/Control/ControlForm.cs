using System.Globalization;
using Niche.Inference.Models;

namespace Niche.Inference.Diffusion.Control;

/// <summary>How the ControlNets of a family are laid out.</summary>
/// <param name="Latents">Input of the latents.</param>
/// <param name="Told">Inputs that tell what the denoiser is told too; a graph may do without some.</param>
/// <param name="Heads">What the names of the denoiser's inputs for residuals begin with: a transformer's one after the other, a UNet's as one exporter or the
/// other has them.</param>
internal sealed record ControlForm(string Latents, IReadOnlyList<string> Told, IReadOnlyList<string> Heads)
{
    public const string Text = "encoder_hidden_states";
    public const string Pooled = "pooled_projections";
    private const string Middle = "mid_block_additional_residual";

    private static readonly ControlForm Unet = new("sample", [Text, "text_embeds", "time_ids"], ["down_block_additional_residual_", "down_block_"]);
    private static readonly ControlForm StableDiffusion3 = new("hidden_states", [Text, Pooled], ["block_controlnet_hidden_states"]);
    private static readonly ControlForm Flux = new("hidden_states", [Text, Pooled, "txt_ids", "img_ids", "guidance"], ["controlnet_block_samples", "controlnet_single_block_samples"]);

    /// <summary>Whether the denoiser is a transformer: its residuals are tokens, and come one by one or all in one tensor whose second axis is that of the rows.</summary>
    public bool Transformer => this != Unet;

    /// <summary>Names of all residuals' inputs, for errors.</summary>
    public string Wanted => Transformer ? string.Join(" and ", Heads.Select(head => $"{head} or {head}_0 and so on")) : $"{Heads[0]}0 and so on with {Middle}";

    public static ControlForm Of(PipelineFamily family) => family switch
    {
        PipelineFamily.Flux => Flux,
        PipelineFamily.StableDiffusion3 => StableDiffusion3,
        _ => Unet,
    };

    /// <summary>The denoiser's inputs for residuals, from the shallowest block to the deepest; none where it takes none.</summary>
    public string[] InputsOf(OnnxGraph denoiser)
    {
        var names = denoiser.Session.InputMetadata;
        string[] Numbered(string head) => [.. Enumerable.Range(0, names.Count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{head}{i}")).TakeWhile(names.ContainsKey)];
        if (Transformer) return [.. Heads.SelectMany(head => names.ContainsKey(head) ? [head] : Numbered($"{head}_"))];
        var head = Heads.FirstOrDefault(one => names.ContainsKey($"{one}0"));
        return [.. head is null ? [] : Numbered(head), .. names.ContainsKey(Middle) ? [Middle] : Array.Empty<string>()];
    }

    /// <summary>The outputs in the order of the denoiser's inputs: that of the graph, but for a middle block that comes first.</summary>
    public string[] InOrder(IReadOnlyList<string> outputs) =>
        !Transformer && outputs.Count > 1 && outputs[0].StartsWith("mid", StringComparison.Ordinal) ? [.. outputs.Skip(1), outputs[0]] : [.. outputs];

    /// <summary>Which axis of a residual is that of the rows.</summary>
    /// <param name="axes">How many there are.</param>
    public int RowAxis(int axes) => Transformer && axes == 4 ? 1 : 0;
}
