namespace Niche.Bots.Texts;

/// <summary>A language that the bot speaks.</summary>
/// <param name="Tag">Its tag: <c>en</c>, <c>de</c>...</param>
/// <param name="Name">Its name in itself.</param>
public sealed record Language(string Tag, string Name)
{
    /// <summary>What is spoken when nothing else is known.</summary>
    public static Language English { get; } = new("en", "English");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Language> All { get; } =
    [
        English, new("de", "Deutsch"), new("es", "Español"), new("pt", "Português"), new("ru", "Русский"), new("zh", "中文"), new("ja", "日本語"),
    ];

    /// <summary>The language of a locale such as <c>pt-BR</c> or <c>zh_Hans</c>; null when it is none of ours.</summary>
    public static Language? Find(string? locale)
    {
        if (locale is not { Length: > 0 and <= 35 }) return null;
        string tag = locale.Split('-', '_')[0];
        return All.FirstOrDefault(language => language.Tag.Equals(tag, StringComparison.OrdinalIgnoreCase));
    }
}
