namespace Niche.TinyModels;

/// <summary>How a tiny transformer's ControlNet is laid out.</summary>
/// <param name="Inputs">The transformer's inputs: one for each residual, or one for all.</param>
/// <param name="Residuals">How many residuals there are.</param>
/// <param name="Patches">Whether latents come as patches (Flux) or as planes (SD3).</param>
public sealed record TransformerControlForm(IReadOnlyList<string> Inputs, int Residuals, bool Patches)
{
    /// <summary>Whether all residuals are one tensor.</summary>
    public bool Stacked => Inputs.Count < Residuals;

    /// <summary>Whether it sees the picture's colours rather than its latents.</summary>
    public bool Colours { get; init; }

    /// <summary>Whether the guidance is an input.</summary>
    public bool Guided { get; init; }

    /// <summary>Whether it was trained for several kinds of pictures.</summary>
    public bool Modes { get; init; }

    /// <summary>Channels of the latents that it sees.</summary>
    public int Seen { get; init; } = 16;

    /// <summary>SD3 with three residuals.</summary>
    public static TransformerControlForm StableDiffusion3 { get; } = new(["block_controlnet_hidden_states_0", "block_controlnet_hidden_states_1", "block_controlnet_hidden_states_2"], 3, Patches: false);

    /// <summary>SD3 with three residuals in one tensor, as public exports of SD 3.5 have it.</summary>
    public static TransformerControlForm Stack { get; } = new(["block_controlnet_hidden_states"], 3, Patches: false);

    /// <summary>Flux with two residuals for its double blocks and one for its single ones.</summary>
    public static TransformerControlForm Flux { get; } = new(["controlnet_block_samples_0", "controlnet_block_samples_1", "controlnet_single_block_samples_0"], 3, Patches: true) { Guided = true };
}
