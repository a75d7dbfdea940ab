namespace Niche.Inference.Text;

/// <summary>A finished text.</summary>
/// <param name="Text">The new text, without the prompt.</param>
/// <param name="Pieces">Its tokens in order.</param>
/// <param name="FinishReason"><c>stop</c> or <c>length</c>.</param>
/// <param name="PromptTokens">Tokens of the prompt, the start token included.</param>
public sealed record TextResult(string Text, IReadOnlyList<TextPiece> Pieces, string FinishReason, int PromptTokens);
