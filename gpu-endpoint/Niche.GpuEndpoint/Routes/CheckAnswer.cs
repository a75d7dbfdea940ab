namespace Niche.GpuEndpoint.Routes;

/// <summary>Answer of <c>POST /check</c>.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="ModelDigest">Its digest.</param>
/// <param name="PromptTokens">Tokens of the prompt, the start token included.</param>
/// <param name="Runs">Runs of the model that this took.</param>
/// <param name="Tokens">The text's tokens in order.</param>
public sealed record CheckAnswer(string Model, string ModelDigest, int PromptTokens, int Runs, IReadOnlyList<CheckedTokenAnswer> Tokens);
