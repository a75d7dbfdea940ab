namespace Niche.Functions.Api;

/// <summary>
/// Whole numbers from JSON. They are read as doubles, so that 1e30 or 2.5 is answered with the allowed range instead of a parser's complaint:
/// what is no whole number becomes one that no range allows.
/// </summary>
public static class Numbers
{
    /// <summary>An int, or null when absent.</summary>
    public static int? ToInt(double? number) =>
        number is not { } value ? null : Math.Abs(value) < int.MaxValue && value == Math.Floor(value) ? (int)value : int.MinValue;

    /// <summary>A long, or null when absent; exact up to 2^53.</summary>
    public static long? ToLong(double? number) =>
        number is not { } value ? null : Math.Abs(value) < 1L << 53 && value == Math.Floor(value) ? (long)value : long.MinValue;
}
