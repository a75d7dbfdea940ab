namespace Niche.Subnet.Policy;

/// <summary>Reads a category's emission share at an instant.</summary>
public static class EmissionSchedule
{
    /// <summary>Share at <paramref name="at"/>: linear between dated points, constant before the first and after the last.</summary>
    /// <exception cref="ArgumentException">There are no points.</exception>
    public static double ShareAt(IReadOnlyList<SharePoint> points, DateTimeOffset at)
    {
        if (points.Count == 0) throw new ArgumentException("A schedule needs at least one point.", nameof(points));
        if (at <= points[0].At) return points[0].Share;
        for (var i = 1; i < points.Count; i++)
        {
            if (at > points[i].At) continue;
            var (from, to) = (points[i - 1], points[i]);
            var part = (double)(at - from.At).Ticks / (to.At - from.At).Ticks;
            return from.Share + ((to.Share - from.Share) * part);
        }

        return points[^1].Share;
    }
}
