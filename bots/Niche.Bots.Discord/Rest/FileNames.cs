namespace Niche.Bots.Discord.Rest;

/// <summary>Names of files that no system, header or address can misread.</summary>
public static class FileNames
{
    /// <summary>Longest name that is sent.</summary>
    public const int MaxLength = 64;

    private const string Fallback = "file";

    /// <summary>Keeps letters, digits, '.', '-' and '_' of ASCII; paths, further dots and what is too long are gone.</summary>
    /// <param name="name">A name, perhaps a stranger's.</param>
    /// <param name="isSpoiler">Hidden until it is clicked.</param>
    public static string Safe(string name, bool isSpoiler = false)
    {
        string last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        string clean = new([.. last.Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_').Take(4 * MaxLength)]);
        clean = clean.Trim('.', '-');
        string extension = Path.GetExtension(clean);
        if (extension.Length is < 2 or > 8 || !extension.AsSpan(1).ContainsAnyExcept('-', '_')) extension = "";
        // As "attachment://NAME" it stands where an address has its host: no further dots, no marks at the ends.
        string stem = clean[..^extension.Length].Replace(".", "", StringComparison.Ordinal).Trim('-', '_');
        extension = extension.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
        if (stem.Length == 0) stem = Fallback;
        if (stem.Length > MaxLength - extension.Length) stem = stem[..(MaxLength - extension.Length)].TrimEnd('-', '_');
        return (isSpoiler ? "SPOILER_" : "") + stem + extension;
    }
}
