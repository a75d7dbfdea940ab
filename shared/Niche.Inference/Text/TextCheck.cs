namespace Niche.Inference.Text;

/// <summary>How a model sees a given text after a prompt.</summary>
/// <param name="Tokens">The text's tokens in order.</param>
/// <param name="PromptTokens">Tokens of the prompt, the start token included.</param>
/// <param name="Runs">Runs of the graph that this took: one.</param>
public sealed record TextCheck(IReadOnlyList<CheckedToken> Tokens, int PromptTokens, int Runs);
