namespace Niche.Validator.Trusted;

/// <summary>All that determines a generated text on one machine.</summary>
/// <param name="Model">Model name.</param>
/// <param name="Prompt">Text to continue.</param>
/// <param name="Seed">Sampling seed, at least 0.</param>
/// <param name="MaxTokens">Most tokens to add.</param>
/// <param name="Temperature">Sampling temperature.</param>
/// <param name="TopP">Nucleus mass.</param>
/// <param name="Stop">Strings that end the text.</param>
public sealed record TextRecipe(
    string Model, string Prompt, long Seed, int MaxTokens, double Temperature, double TopP, IReadOnlyList<string> Stop);
