namespace Niche.Inference.Tokenizers;

/// <summary>A stretch of a prompt and how much it counts.</summary>
/// <param name="Text">Its words.</param>
/// <param name="Weight">1 for plain words.</param>
public readonly record struct PromptPart(string Text, float Weight);
