using Niche.Inference.Diffusion;
using Niche.Inference.Diffusion.Control;
using Niche.Inference.Diffusion.ImagePrompts;
using Niche.Inference.Images;

namespace Niche.GpuEndpoint.Engines;

/// <summary>A checked request for one picture.</summary>
/// <param name="Model">Name of a served image model.</param>
/// <param name="Prompt">What to paint.</param>
/// <param name="NegativePrompt">What to stay away from.</param>
/// <param name="Seed">Seed.</param>
/// <param name="Steps">Denoising steps.</param>
/// <param name="Guidance">Classifier-free guidance.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Format">PNG or JPEG.</param>
public sealed record ImageJob(
    string Model,
    string Prompt,
    string NegativePrompt,
    uint Seed,
    int Steps,
    double Guidance,
    int Width,
    int Height,
    ImageFileFormat Format)
{
    /// <summary>The picture to start from; null to start from noise.</summary>
    public GivenImage? Given { get; init; }

    /// <summary>A picture that says where things go; null for none.</summary>
    public ControlPicture? Control { get; init; }

    /// <summary>A picture that speaks beside the words; null for none.</summary>
    public ImagePrompt? ImagePrompt { get; init; }

    /// <summary>Part of the noise schedule after which the refiner takes over; null to do without.</summary>
    public double? RefineFrom { get; init; }

    /// <summary>The picture to make larger; null to paint a new one.</summary>
    public SmallPicture? Small { get; init; }

    /// <summary>Layers of the text encoder to leave out.</summary>
    public int ClipSkip { get; init; }

    /// <summary>How far guidance is scaled back, 0 to 1.</summary>
    public double GuidanceRescale { get; init; }

    /// <summary>Steps between previews; 0 for none.</summary>
    public int PreviewEvery { get; init; }

    /// <summary>Told of every step, on the thread that paints; null for nobody.</summary>
    public IProgress<DiffusionProgress>? Progress { get; init; }

    /// <summary>Whether brackets in the prompts give weight and long prompts go on.</summary>
    public bool WeightedPrompt { get; init; }
}
