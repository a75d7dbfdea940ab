namespace Niche.Inference.Tokenizers.Pipeline;

/// <summary>A token that is found in a text before anything else looks at it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">What it looks like.</param>
/// <param name="Special">It steers the model and is not shown.</param>
/// <param name="Normalized">It is looked for in the normalized text.</param>
/// <param name="SingleWord">Not inside a word.</param>
/// <param name="Left">It swallows white space before it.</param>
/// <param name="Right">It swallows white space after it.</param>
internal sealed record AddedToken(int Id, string Text, bool Special, bool Normalized, bool SingleWord, bool Left, bool Right);
