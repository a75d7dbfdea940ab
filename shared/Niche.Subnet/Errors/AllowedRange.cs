namespace Niche.Subnet.Errors;

/// <summary>What would have been accepted, machine readable: a closed interval, or a list of values, or both absent.</summary>
/// <param name="Min">Smallest accepted number, inclusive.</param>
/// <param name="Max">Largest accepted number, inclusive.</param>
/// <param name="Values">Accepted values, when they are a list.</param>
public sealed record AllowedRange(double? Min = null, double? Max = null, IReadOnlyList<string>? Values = null);
