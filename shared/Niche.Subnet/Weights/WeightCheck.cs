namespace Niche.Subnet.Weights;

/// <summary>Result of a <see cref="WeightGuard"/>.</summary>
/// <param name="Change">Total variation distance to the last vector, 0..1.</param>
/// <param name="Reasons">Why the vector must not be set; empty when it may.</param>
public sealed record WeightCheck(double Change, IReadOnlyList<string> Reasons)
{
    /// <summary>True when the vector may be set.</summary>
    public bool MaySet => Reasons.Count == 0;
}
