namespace Niche.Inference.Tokenizers.Pipeline;

/// <summary>A stretch of a normalized text.</summary>
/// <param name="Text">Its characters.</param>
/// <param name="First">Whether the text begins with it.</param>
internal readonly record struct Piece(string Text, bool First);
