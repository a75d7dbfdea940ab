namespace Niche.GpuEndpoint.Routes;

/// <summary>A token with its log-probability, and with the likeliest ones of its place.</summary>
/// <param name="Token">Its text.</param>
/// <param name="Logprob">Natural logarithm of its probability.</param>
/// <param name="Bytes">Its text as UTF-8.</param>
/// <param name="TopLogprobs">The likeliest tokens of the place; null inside of such a list.</param>
public sealed record ChatToken(string Token, double Logprob, IReadOnlyList<int> Bytes, IReadOnlyList<ChatToken>? TopLogprobs = null);
