namespace Niche.Bots.People;

/// <summary>What a request means when it does not say; nulls leave it to the next level: person, channel, model.</summary>
/// <param name="Model">Model name.</param>
/// <param name="Ratio">Shape, such as 1:1.</param>
/// <param name="Count">Pictures.</param>
/// <param name="Style">Style name.</param>
/// <param name="Steps">Denoising steps.</param>
/// <param name="Guidance">Guidance scale.</param>
/// <param name="Negative">What not to paint.</param>
public sealed record PaintDefaults(
    string? Model = null, string? Ratio = null, int? Count = null, string? Style = null, int? Steps = null, double? Guidance = null, string? Negative = null)
{
    /// <summary>These, and where they say nothing, those.</summary>
    public PaintDefaults Over(PaintDefaults other) => new(
        Model ?? other.Model, Ratio ?? other.Ratio, Count ?? other.Count, Style ?? other.Style, Steps ?? other.Steps, Guidance ?? other.Guidance,
        Negative ?? other.Negative);
}
