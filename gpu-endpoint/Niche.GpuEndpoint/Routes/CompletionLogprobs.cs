namespace Niche.GpuEndpoint.Routes;

/// <summary>Log-probabilities in the layout of OpenAI's completions.</summary>
/// <param name="Tokens">Token texts.</param>
/// <param name="TokenLogprobs">Their log-probabilities.</param>
/// <param name="TopLogprobs">The likeliest tokens at each place; the chosen one is always among them.</param>
/// <param name="TextOffset">Where each token begins in the new text.</param>
public sealed record CompletionLogprobs(
    IReadOnlyList<string> Tokens,
    IReadOnlyList<double> TokenLogprobs,
    IReadOnlyList<Dictionary<string, double>> TopLogprobs,
    IReadOnlyList<int> TextOffset);
