namespace Niche.Validator.Trusted;

/// <summary>A picture made by the validator's own endpoint.</summary>
/// <param name="Bytes">Encoded PNG.</param>
/// <param name="ModelDigest">SHA-256 of the model that made it.</param>
public sealed record TrustedImage(byte[] Bytes, string ModelDigest);
