namespace Niche.Inference.Chat.Templates;

/// <summary>A stretch of a template.</summary>
/// <param name="Tag">The sign of the tag, <c>{</c> for an expression and <c>%</c> for a statement; <c>' '</c> for text.</param>
/// <param name="Text">The text.</param>
/// <param name="Tokens">The words inside of the tag, with an end.</param>
/// <param name="Line">Where it begins.</param>
internal sealed record Segment(char Tag, string Text, IReadOnlyList<Token> Tokens, int Line);
