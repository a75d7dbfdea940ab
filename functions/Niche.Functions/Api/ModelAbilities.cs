using Niche.Subnet.Policy;

namespace Niche.Functions.Api;

/// <summary>What may be asked of a model.</summary>
public sealed record ModelAbilities(
    string Kind, IReadOnlyList<ImageSize>? Sizes, IntRange? Steps, NumberRange? Guidance, IntRange? MaxTokens, int? MaxCount, long MaxSeed,
    int MaxPromptCharacters, IReadOnlyList<string> Suggestions);
