namespace Niche.Subnet.Verification;

/// <summary>What is remembered of a delivered picture.</summary>
/// <param name="Sha256">Digest of the file, lower-case hex.</param>
/// <param name="DHash">Difference hash.</param>
/// <param name="PHash">Perceptual hash.</param>
/// <param name="RequestDigest">Digest of the noise that was asked for, see <see cref="ReplayRule.NoiseDigest"/>: one seed may rightly give one picture twice.</param>
/// <param name="Hotkey">Who delivered it.</param>
/// <param name="SeenAt">When.</param>
public sealed record ReplayKey(string Sha256, ulong DHash, ulong PHash, string RequestDigest, string Hotkey, DateTimeOffset SeenAt);
