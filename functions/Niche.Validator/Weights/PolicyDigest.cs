namespace Niche.Validator.Weights;

/// <summary>Names the policy in force.</summary>
/// <param name="Value">SHA-256 of its canonical form, hex.</param>
public sealed record PolicyDigest(string Value);
