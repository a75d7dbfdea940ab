namespace Niche.Inference.Diffusion;

/// <summary>Where the time of a picture went.</summary>
/// <param name="Text">Tokenizing and encoding the prompts.</param>
/// <param name="Denoise">All denoising steps.</param>
/// <param name="Decode">Latents to pixels.</param>
/// <param name="Runs">Time inside ONNX Runtime over all three: what remains is the pipeline's own cost.</param>
public sealed record DiffusionTimings(TimeSpan Text, TimeSpan Denoise, TimeSpan Decode, TimeSpan Runs)
{
    /// <summary>The whole pipeline.</summary>
    public TimeSpan Total => Text + Denoise + Decode;
}
