namespace Niche.Subnet.Jobs;

/// <summary>
/// What a door was asked for, unchecked: every field may be absent or wrong. <see cref="JobRequestValidator"/> turns it into a
/// <see cref="JobRequest"/> or into all of its errors at once.
/// </summary>
public sealed record JobDraft
{
    /// <summary>What to make.</summary>
    public JobKind Kind { get; init; }

    /// <summary>Model name; null takes the first model of the kind in the policy.</summary>
    public string? Model { get; init; }

    /// <summary>What to paint or to continue.</summary>
    public string? Prompt { get; init; }

    /// <summary>What not to paint.</summary>
    public string? NegativePrompt { get; init; }

    /// <summary>Number of pictures, 1 to the model's most.</summary>
    public int? Count { get; init; }

    /// <summary>Width in pixels; with height one of the model's sizes.</summary>
    public int? Width { get; init; }

    /// <summary>Height in pixels.</summary>
    public int? Height { get; init; }

    /// <summary>Denoising steps.</summary>
    public int? Steps { get; init; }

    /// <summary>Classifier-free guidance scale.</summary>
    public double? Guidance { get; init; }

    /// <summary>Seed of the first picture; picture i takes seed + i, starting again at 0 after the model's largest. Null draws one.</summary>
    public long? Seed { get; init; }

    /// <summary>File of a picture to start from, PNG, JPEG or WebP; null to start from noise.</summary>
    public byte[]? Picture { get; init; }

    /// <summary>How much of the given picture is painted anew, see <see cref="JobRequestValidator.Strengths"/>.</summary>
    public double? Strength { get; init; }

    /// <summary>Most tokens of a text.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Sampling temperature, 0 (greedy) to 2.</summary>
    public double? Temperature { get; init; }

    /// <summary>Nucleus sampling mass, over 0 to 1.</summary>
    public double? TopP { get; init; }

    /// <summary>Strings at which a text ends.</summary>
    public IReadOnlyList<string>? Stop { get; init; }
}
