using Niche.Inference.Diffusion.Control;
using Niche.Inference.Diffusion.ImagePrompts;
using Niche.Inference.Images;
using Niche.Inference.Tokenizers;

namespace Niche.Inference.Diffusion;

/// <summary>One picture to paint from a prompt, and perhaps from another picture.</summary>
/// <param name="Prompt">What to paint.</param>
/// <param name="NegativePrompt">What guidance moves away from; usually empty.</param>
/// <param name="Seed">Seed of the noise, 0 to 2^32 - 1.</param>
/// <param name="Steps">Denoising steps.</param>
/// <param name="Guidance">Classifier-free guidance (Ho and Salimans, 2022); 1 switches it off.</param>
/// <param name="Width">Pixels, a multiple of 8 (Flux and SD3: 16).</param>
/// <param name="Height">Pixels, as the width.</param>
/// <param name="PreviewEvery">A preview for the progress callback every so many steps; 0 for none.</param>
public sealed record DiffusionRequest(
    string Prompt, string NegativePrompt, uint Seed, int Steps, double Guidance, int Width, int Height, int PreviewEvery = 0)
{
    /// <summary>Whether brackets in the prompts give weight and long prompts go on past the encoder's window; otherwise both are taken as
    /// diffusers takes them.</summary>
    public bool WeightedPrompt { get; init; }

    /// <summary>Layers of the text encoder to leave out at its end.</summary>
    public int ClipSkip { get; init; }

    /// <summary>How far guidance is scaled back to the prompt's own contrast, 0 to 1 (Lin et al., 2023, section 3.4).</summary>
    public double GuidanceRescale { get; init; }

    /// <summary>The picture to start from, of the same size, or the small one that an upscaler makes larger; null to start from noise.</summary>
    public RgbImage? Image { get; init; }

    /// <summary>How much of a given picture is painted anew: 1 forgets it, near 0 keeps it.</summary>
    public double Strength { get; init; } = 0.8;

    /// <summary>Where to paint, width * height bytes: above 127 is painted anew, the rest stays as the given picture has it. Null paints all.</summary>
    public byte[]? Mask { get; init; }

    /// <summary>A picture that says where things go; null for none. For models with a ControlNet.</summary>
    public ControlPicture? Control { get; init; }

    /// <summary>A picture that speaks beside the words; null for none. For models with an IP-Adapter.</summary>
    public ImagePrompt? ImagePrompt { get; init; }

    /// <summary>Part of the noise schedule after which the refiner takes over, above 0 and below 1; null to do without. For models with a refiner.</summary>
    public double? RefineFrom { get; init; }

    /// <summary>How much noise an upscaler lays over its small picture, and so how freely it paints: 0 keeps closest, models know up to 350.</summary>
    public int NoiseLevel { get; init; } = 20;

    internal string[] Prompts(bool guided) => guided ? [NegativePrompt, Prompt] : [Prompt];

    /// <summary>For encoders that know no weights: the words without their brackets.</summary>
    internal string[] PlainPrompts(bool guided) => WeightedPrompt
        ? Array.ConvertAll(Prompts(guided), prompt => string.Concat(PromptWeights.Read(prompt).Select(part => part.Text)))
        : Prompts(guided);
}
