namespace Niche.Inference.Text;

/// <summary>One step of a growing text.</summary>
/// <param name="Text">Text that became certain with this token; empty while a character or a possible stop string is incomplete.</param>
/// <param name="Token">The token, or null when the text ended without one (the end token is not reported).</param>
/// <param name="Top">The likeliest tokens at this place, likeliest first.</param>
/// <param name="FinishReason"><c>stop</c> or <c>length</c> on the last piece.</param>
/// <param name="PromptTokens">On the last piece, tokens of the prompt, the start token included.</param>
/// <param name="TextTokens">On the last piece, tokens of the text, where the pieces do not tell them one by one.</param>
public sealed record TextPiece(
    string Text, TokenLogprob? Token, IReadOnlyList<TokenLogprob> Top, string? FinishReason, int? PromptTokens = null, int? TextTokens = null);
