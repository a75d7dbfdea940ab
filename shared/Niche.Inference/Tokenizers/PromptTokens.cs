namespace Niche.Inference.Tokenizers;

/// <summary>A prompt as one or more windows of a text encoder, each with its own start and end token.</summary>
/// <param name="Ids">Windows one after the other.</param>
/// <param name="Weights">How much each token counts, one for each id; null when all count the same.</param>
public sealed record PromptTokens(int[] Ids, float[]? Weights);
