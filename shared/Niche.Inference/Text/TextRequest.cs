namespace Niche.Inference.Text;

/// <summary>A text to continue.</summary>
public sealed record TextRequest
{
    /// <summary>The beginning; may be empty.</summary>
    public required string Prompt { get; init; }

    /// <summary>Seed of the sampling, 0 to 2^32 - 1.</summary>
    public uint Seed { get; init; }

    /// <summary>Most new tokens.</summary>
    public int MaxTokens { get; init; } = 40;

    /// <summary>The end token is barred before so many new tokens.</summary>
    public int MinTokens { get; init; }

    /// <summary>0 always takes the likeliest token.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Only the likeliest so many tokens; 0 for all.</summary>
    public int TopK { get; init; }

    /// <summary>Only the likeliest tokens that together hold this probability.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>The text ends before the first of these.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>How many of the likeliest tokens to report at each place.</summary>
    public int TopLogprobs { get; init; }
}
