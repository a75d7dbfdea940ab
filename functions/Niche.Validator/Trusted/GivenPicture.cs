using System.Text.Json.Serialization;

namespace Niche.Validator.Trusted;

/// <summary>A picture that a recipe starts from. Two are equal when their files and their strengths are.</summary>
/// <param name="Sha256">SHA-256 (lower-case hex) of the file.</param>
/// <param name="Strength">How much of it is painted anew, over 0 to 1.</param>
public sealed record GivenPicture(string Sha256, double Strength)
{
    /// <summary>The file. Not kept with verdicts: its digest is.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> File { get; init; }

    /// <inheritdoc/>
    public bool Equals(GivenPicture? other) => other is not null && Sha256 == other.Sha256 && Strength.Equals(other.Strength);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Sha256, Strength);
}
