namespace Niche.Inference.Chat.Templates;

/// <summary>A word of an expression.</summary>
internal readonly record struct Token(TokenKind Kind, string Value, int Line);
