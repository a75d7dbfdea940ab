namespace Niche.Validator.Trusted;

/// <summary>A model of the trusted endpoint as far as the doors show it.</summary>
/// <param name="Name">Model name.</param>
/// <param name="Kind">image, text or embedding.</param>
/// <param name="Digest">SHA-256 over its files.</param>
/// <param name="Suggestions">Prompts that it does well.</param>
public sealed record TrustedModel(string Name, string Kind, string Digest, IReadOnlyList<string>? Suggestions);
