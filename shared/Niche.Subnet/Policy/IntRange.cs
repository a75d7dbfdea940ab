namespace Niche.Subnet.Policy;

/// <summary>Closed range of whole numbers with the value used when the caller names none.</summary>
/// <param name="Min">Inclusive.</param>
/// <param name="Max">Inclusive.</param>
/// <param name="Default">Within the range.</param>
public sealed record IntRange(int Min, int Max, int Default)
{
    /// <summary>True when the value lies in the range.</summary>
    public bool Contains(int value) => value >= Min && value <= Max;
}
