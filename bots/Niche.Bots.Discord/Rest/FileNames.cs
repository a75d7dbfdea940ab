namespace Niche.Bots.Discord.Rest;

/// <summary>Names of files that no system, header or address can misread.</summary>
public static class FileNames
{
    /// <summary>Longest name that is sent.</summary>
    public const int MaxLength = 64;

    private const string Fallback = "file";

    /// <summary>Keeps letters, digits, '.', '-' and '_' of ASCII; path and device names, dots in front and what is too long are gone.</summary>
    /// <param name="name">A name, perhaps a stranger's.</param>
    /// <param name="isSpoiler">Hidden until it is clicked.</param>
    public static string Safe(string name, bool isSpoiler = false)
    {
        string last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        string clean = new([.. last.Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_').Take(4 * MaxLength)]);
        clean = clean.Trim('.', '-');
        string extension = Path.GetExtension(clean);
        if (extension.Length is < 2 or > 8) extension = "";
        string stem = clean[..^extension.Length].Trim('.', '-');
        if (stem.Length == 0) stem = Fallback;
        if (stem.Length > MaxLength - extension.Length) stem = stem[..(MaxLength - extension.Length)];
        return (isSpoiler ? "SPOILER_" : "") + stem + extension;
    }
}
