using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using Niche.Bots.Outgoing;

namespace Niche.Bots.Texts;

/// <summary>
/// Every sentence that the bot says, by key and language, out of the files <c>Texts/*.json</c> of this assembly. Sentences hold placeholders such as
/// <c>{prompt}</c> and marks for <c>*bold*</c> and <c>`code`</c>; what is put into a placeholder is never read as a mark.
/// </summary>
public sealed class TextBook
{
    private readonly FrozenDictionary<string, FrozenDictionary<string, string>> _languages;

    private TextBook(FrozenDictionary<string, FrozenDictionary<string, string>> languages) => _languages = languages;

    /// <summary>Reads the files.</summary>
    public static TextBook Load() => new(Language.All.ToFrozenDictionary(language => language.Tag, language => Read(language.Tag), StringComparer.Ordinal));

    /// <summary>All keys of a language.</summary>
    public IReadOnlyList<string> Keys(Language language) => [.. _languages[language.Tag].Keys.Order(StringComparer.Ordinal)];

    /// <summary>The sentence as it is written; English when the language lacks it.</summary>
    /// <exception cref="ArgumentException">There is no such key: a fault in the code, found by a test.</exception>
    public string Template(Language language, string key) =>
        _languages[language.Tag].TryGetValue(key, out string? found) || _languages[Language.English.Tag].TryGetValue(key, out found)
            ? found
            : throw new ArgumentException($"There is no text '{key}'.", nameof(key));

    /// <summary>True when English has the key.</summary>
    public bool Has(string key) => _languages[Language.English.Tag].ContainsKey(key);

    /// <summary>A sentence in every language, by tag.</summary>
    public IReadOnlyDictionary<string, string> InAll(string key) => Language.All.ToDictionary(language => language.Tag, language => Template(language, key));

    /// <summary>A sentence with its placeholders filled.</summary>
    public RichText Say(Language language, string key, params IReadOnlyList<Filling> fillings) => Sentence.Fill(Template(language, key), fillings);

    private static FrozenDictionary<string, string> Read(string tag)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Niche.Bots.Texts.{tag}.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
