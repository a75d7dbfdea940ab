namespace Niche.Subnet.Jobs;

/// <summary>A request that passed every check of the policy: all defaults filled in, so that it means the same for ever.</summary>
/// <param name="Kind">What to make.</param>
/// <param name="Model">Model name of the policy.</param>
/// <param name="Prompt">Trimmed, without control characters.</param>
/// <param name="NegativePrompt">Empty when none.</param>
/// <param name="Width">Pixels; 0 for a text.</param>
/// <param name="Height">Pixels; 0 for a text.</param>
/// <param name="Steps">Denoising steps; 0 for a text.</param>
/// <param name="Guidance">Guidance scale; 0 for a text.</param>
/// <param name="Seeds">A seed per unit: as many as there are pictures, one for a text.</param>
/// <param name="MaxTokens">Most tokens of a text; 0 for a picture.</param>
/// <param name="Temperature">Sampling temperature of a text.</param>
/// <param name="TopP">Nucleus mass of a text.</param>
/// <param name="Stop">Stop strings of a text.</param>
public sealed record JobRequest(
    JobKind Kind, string Model, string Prompt, string NegativePrompt, int Width, int Height, int Steps, double Guidance,
    IReadOnlyList<long> Seeds, int MaxTokens, double Temperature, double TopP, IReadOnlyList<string> Stop)
{
    /// <summary>SHA-256 (lower-case hex) of the picture to start from; null when it starts from noise. The file lies beside the job's pictures.</summary>
    public string? Picture { get; init; }

    /// <summary>How much of the given picture is painted anew; 0 when there is none.</summary>
    public double Strength { get; init; }

    /// <summary>Units of work.</summary>
    public int Count => Seeds.Count;
}
