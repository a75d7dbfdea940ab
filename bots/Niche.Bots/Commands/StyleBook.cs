namespace Niche.Bots.Commands;

/// <summary>Styles: words that are added to a prompt. Only such as the demo model was trained on, so that each of them shows.</summary>
public static class StyleBook
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["sunset"] = "at sunset",
        ["golden-hour"] = "in the golden hour",
        ["night"] = "at night with a full moon",
        ["stars"] = "under a night sky with the moon and stars",
        ["snow"] = "in the snow",
        ["rain"] = "in the rain",
        ["fog"] = "in the fog",
    };

    /// <summary>Names of all styles.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Words.Keys];

    /// <summary>A prompt in a style; the prompt itself when there is none of the name.</summary>
    public static string Apply(string prompt, string? style) =>
        style is not null && Words.TryGetValue(style, out string? words) ? $"{prompt.TrimEnd(' ', '.', ',')} {words}" : prompt;
}
