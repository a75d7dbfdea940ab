namespace Niche.Subnet.Policy;

/// <summary>Closed range of real numbers with the value used when the caller names none.</summary>
/// <param name="Min">Inclusive.</param>
/// <param name="Max">Inclusive.</param>
/// <param name="Default">Within the range.</param>
public sealed record NumberRange(double Min, double Max, double Default)
{
    /// <summary>True when the value lies in the range; false for NaN.</summary>
    public bool Contains(double value) => value >= Min && value <= Max;
}
