namespace Niche.Bittensor.Chain.Metadata;

/// <summary>Names like a mistyped one, by edit distance.</summary>
internal static class NearestNames
{
    private const int MaxLength = 64;

    public static IReadOnlyList<string> To(string name, IEnumerable<string> known)
    {
        if (name.Length > MaxLength) return [];
        return [.. known.Where(one => one.Length <= MaxLength).Select(one => (Name: one, Distance: Distance(name.ToUpperInvariant(), one.ToUpperInvariant())))
            .Where(one => one.Distance <= Math.Max(2, name.Length / 3)).OrderBy(one => one.Distance).ThenBy(one => one.Name, StringComparer.Ordinal)
            .Take(3).Select(one => one.Name)];
    }

    public static string Shown(string name) => name.Length <= MaxLength ? name : name[..MaxLength] + "…";

    private static int Distance(string a, string b)
    {
        Span<int> row = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
