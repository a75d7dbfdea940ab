namespace Niche.Subnet.Policy;

/// <summary>One category of the market: a model, what may be asked of it, how its work is judged and paid.</summary>
public sealed record ModelPolicy
{
    /// <summary>Model name as miners declare it, also the category name.</summary>
    public required string Name { get; init; }

    /// <summary>Pictures or text.</summary>
    public required ModelKind Kind { get; init; }

    /// <summary>Pipelines of the synapse field <c>pipeline_type</c>: <c>txt2img</c>, <c>text_generation</c>...</summary>
    public required IReadOnlyList<string> Pipelines { get; init; }

    /// <summary>Allowed sizes, the first one is the default. Empty for text.</summary>
    public IReadOnlyList<ImageSize> Sizes { get; init; } = [];

    /// <summary>Inference steps; null for text.</summary>
    public IntRange? Steps { get; init; }

    /// <summary>Classifier-free guidance scale; null for text.</summary>
    public NumberRange? Guidance { get; init; }

    /// <summary>Tokens to generate; null for pictures.</summary>
    public IntRange? MaxTokens { get; init; }

    /// <summary>Largest seed; the smallest is 0.</summary>
    public long MaxSeed { get; init; } = 1_000_000_000;

    /// <summary>Most pictures per order.</summary>
    public int MaxCount { get; init; } = 4;

    /// <summary>Longest prompt in UTF-16 characters.</summary>
    public int MaxPromptCharacters { get; init; } = 2000;

    /// <summary>Seconds a miner has for one request.</summary>
    public required double TimeoutSeconds { get; init; }

    /// <summary>Reward formula by name, see <c>RewardFormulas</c>.</summary>
    public required string RewardFormula { get; init; }

    /// <summary>Part of the emission over time: dated points, linear in between.</summary>
    public required IReadOnlyList<SharePoint> EmissionShares { get; init; }

    /// <summary>SHA-256 (hex) of the model folder that miners must declare; null accepts any.</summary>
    public string? ModelDigest { get; init; }

    /// <summary>Settings of synthetic challenges.</summary>
    public required ChallengePolicy Challenge { get; init; }

    /// <summary>Verification limits for pictures; null for text.</summary>
    public ImageBands? ImageBands { get; init; }

    /// <summary>Verification limits for text; null for pictures.</summary>
    public TextBands? TextBands { get; init; }

    /// <summary>Probability (0..1) that an organic answer is scored as well.</summary>
    public double OrganicAudit { get; init; }

    /// <summary>The same as <see cref="TimeoutSeconds"/>.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);
}
