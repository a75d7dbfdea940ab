using System.Globalization;

namespace Niche.GpuEndpoint.Repository;

/// <summary>Sizes of files for people.</summary>
public static class ByteCount
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB"];

    /// <summary>Such as <c>1.4 GB</c>, in steps of a thousand.</summary>
    public static string Text(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        // Not 1000.0 of anything: what would be rounded up to it is one of the next.
        for (; value >= 999.95 && unit < Units.Length - 1; unit++) value /= 1000;
        return $"{value.ToString(unit == 0 ? "F0" : "F1", CultureInfo.InvariantCulture)} {Units[unit]}";
    }
}
