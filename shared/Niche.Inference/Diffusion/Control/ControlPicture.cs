using Niche.Inference.Images;

namespace Niche.Inference.Diffusion.Control;

/// <summary>A picture that says where things go (Zhang et al., "Adding Conditional Control to Text-to-Image Diffusion Models", 2023).</summary>
/// <param name="Image">Edges, depths or poses, as the model's ControlNet was trained to see them; of the size that comes out.</param>
public sealed record ControlPicture(RgbImage Image)
{
    /// <summary>How much it counts: 0 not at all, 1 as trained, up to 10.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Part of the steps after which it begins to count, 0 to 1.</summary>
    public double Start { get; init; }

    /// <summary>Part of the steps after which it no longer counts, above the start, up to 1.</summary>
    public double End { get; init; } = 1;

    /// <summary>Lets the ControlNet guess what it shows: the negative prompt goes without it, and shallow layers count less (section 3.4 of the
    /// paper).</summary>
    public bool Guess { get; init; }

    /// <summary>What the picture is, for a ControlNet that was trained for several: the number that its makers gave it (Flux's "Union"). Null for the others.</summary>
    public int? Mode { get; init; }

    internal bool CountsAt(int step, int total) => (double)step / total >= Start && (double)(step + 1) / total <= End;
}
