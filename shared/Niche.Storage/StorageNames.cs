using System.Buffers;

namespace Niche.Storage;

/// <summary>
/// The naming rules, checked before either implementation sees a name, so that what works embedded works on Azure.
/// Source: "Naming queues and metadata", "Naming and referencing containers, blobs", "Understanding the Table service data model" (Azure Storage REST).
/// Blob names and keys are narrower than Azure's: they must also be safe as file names and sort alike everywhere.
/// </summary>
internal static class StorageNames
{
    private const int MaxKey = 512;
    private const int MaxBlobName = 512;
    private const int MaxBlobSegment = 120;

    private static readonly SearchValues<char> s_blobCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-=/");

    public static void CheckQueue(string name) => CheckDnsName("queue", name);

    public static void CheckContainer(string name) => CheckDnsName("container", name);

    public static void CheckTable(string name)
    {
        var fits = name is { Length: >= 3 and <= 63 } && char.IsAsciiLetter(name[0]);
        for (var i = 1; fits && i < name.Length; i++)
            fits = char.IsAsciiLetterOrDigit(name[i]);

        if (!fits || name.Equals("tables", StringComparison.OrdinalIgnoreCase))
            throw Bad("table", name, "use 3 to 63 ASCII letters and digits beginning with a letter, and not the word 'tables'");
    }

    public static void CheckKey(string kind, string? key)
    {
        var fits = key is { Length: >= 1 and <= MaxKey };
        for (var i = 0; fits && i < key!.Length; i++)
        {
            fits = !char.IsControl(key[i]) && !char.IsSurrogate(key[i])
                && key[i] is not ('/' or '\\' or '#' or '?' or '%' or '\uFFFE' or '\uFFFF');
        }

        if (!fits)
            throw Bad(kind, key, $"use 1 to {MaxKey} characters without control characters, surrogates and / \\ # ? %");
    }

    public static void CheckBlob(string? name)
    {
        const string Rule =
            "use segments of 1 to 120 ASCII letters, digits and . _ - = joined by '/', at most 512 characters in all; no segment may end with a dot";
        if (name is not { Length: >= 1 and <= MaxBlobName } || name.AsSpan().ContainsAnyExcept(s_blobCharacters))
            throw Bad("blob", name, Rule);

        foreach (var range in name.AsSpan().Split('/'))
        {
            var segment = name.AsSpan(range);
            if (segment.Length is 0 or > MaxBlobSegment || segment[^1] == '.')
                throw Bad("blob", name, Rule);
        }
    }

    /// <summary>A prefix may end anywhere in a name, so only its characters are checked, and that no segment climbs.</summary>
    public static void CheckBlobPrefix(string prefix)
    {
        var climbs = false;
        foreach (var range in prefix.AsSpan().Split('/'))
            climbs |= prefix.AsSpan(range) is "..";

        if (climbs || prefix.Length > MaxBlobName || prefix.AsSpan().ContainsAnyExcept(s_blobCharacters) || prefix.StartsWith('/'))
            throw Bad("blob prefix", prefix, "use the beginning of a blob name");
    }

    private static void CheckDnsName(string kind, string? name)
    {
        var fits = name is { Length: >= 3 and <= 63 } && name[0] != '-' && name[^1] != '-';
        for (var i = 0; fits && i < name!.Length; i++)
            fits = char.IsAsciiLetterLower(name[i]) || char.IsAsciiDigit(name[i]) || (name[i] == '-' && name[i - 1] != '-');

        if (!fits)
            throw Bad(kind, name, "use 3 to 63 lower-case letters, digits and single hyphens, beginning and ending with a letter or digit");
    }

    private static StorageException Bad(string kind, string? name, string rule)
    {
        var shown = name is null ? "null" : name.Length > 80 ? string.Concat("'", name.AsSpan(0, 80), "...'") : $"'{name}'";
        return new(StorageErrorCode.InvalidName, $"{shown} is no {kind} name: {rule}.");
    }
}
