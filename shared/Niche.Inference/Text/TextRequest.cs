using System.Collections.ObjectModel;

namespace Niche.Inference.Text;

/// <summary>A text to continue.</summary>
public sealed record TextRequest
{
    /// <summary>The beginning; may be empty.</summary>
    public required string Prompt { get; init; }

    /// <summary>Whether the model's start token is set before the prompt; a chat template writes its own.</summary>
    public bool StartToken { get; init; } = true;

    /// <summary>Seed of the sampling, 0 to 2^32 - 1.</summary>
    public uint Seed { get; init; }

    /// <summary>Most new tokens.</summary>
    public int MaxTokens { get; init; } = 40;

    /// <summary>The end token is barred before so many new tokens.</summary>
    public int MinTokens { get; init; }

    /// <summary>0 always takes the likeliest token.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Only tokens at least this much as likely as the likeliest; 0 for all.</summary>
    public double MinP { get; init; }

    /// <summary>Only the likeliest so many tokens; 0 for all.</summary>
    public int TopK { get; init; }

    /// <summary>Only the likeliest tokens that together hold this probability.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>Divides positive logits of tokens of prompt and text, multiplies negative ones; above 1 repeats less.</summary>
    public double RepetitionPenalty { get; init; } = 1;

    /// <summary>Taken off the logits of tokens of the text.</summary>
    public double PresencePenalty { get; init; }

    /// <summary>Taken off the logits of tokens of the text, as often as they are in it.</summary>
    public double FrequencyPenalty { get; init; }

    /// <summary>Added to the logits of tokens.</summary>
    public IReadOnlyDictionary<int, double> LogitBias { get; init; } = ReadOnlyDictionary<int, double>.Empty;

    /// <summary>The text ends before the first of these.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>How many of the likeliest tokens to report at each place.</summary>
    public int TopLogprobs { get; init; }
}
