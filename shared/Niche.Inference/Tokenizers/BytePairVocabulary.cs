using System.Globalization;
using System.Text.Json;
using Niche.Inference.Models;

namespace Niche.Inference.Tokenizers;

/// <summary>A <c>vocab.json</c> with its <c>merges.txt</c>.</summary>
public sealed class BytePairVocabulary
{
    private readonly Dictionary<string, int> _ids;
    private readonly MergeTable _merges;

    private BytePairVocabulary(Dictionary<string, int> ids, MergeTable merges) =>
        (_ids, _merges) = (ids, merges);

    /// <summary>Number of tokens.</summary>
    public int Count => _ids.Count;

    /// <summary>Every token with its id.</summary>
    public IReadOnlyDictionary<string, int> Ids => _ids;

    /// <summary>Reads both files.</summary>
    /// <param name="folder">A verified folder.</param>
    /// <param name="prefix">Folder of the files inside it, ending in a slash, or empty.</param>
    /// <exception cref="ModelFolderException">The files do not fit together.</exception>
    public static BytePairVocabulary Load(ModelFolder folder, string prefix)
    {
        var vocabulary = folder.ReadJson($"{prefix}vocab.json");
        var mergesPath = folder.PathOf($"{prefix}merges.txt");
        if (vocabulary.ValueKind != JsonValueKind.Object)
        {
            throw Invalid(folder.PathOf($"{prefix}vocab.json"), "must be an object of token to id");
        }
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var token in vocabulary.EnumerateObject())
        {
            if (token.Value.ValueKind != JsonValueKind.Number || !token.Value.TryGetInt32(out var id))
            {
                throw Invalid(folder.PathOf($"{prefix}vocab.json"), $"token '{token.Name}' has no whole number");
            }
            ids[token.Name] = id;
        }
        return new BytePairVocabulary(ids, ReadMerges(mergesPath, ids));
    }

    /// <summary>The id of a token that must exist.</summary>
    /// <param name="token">The token as the vocabulary writes it.</param>
    /// <exception cref="FormatException">The vocabulary lacks it.</exception>
    public int Require(string token) =>
        _ids.TryGetValue(token, out var id) ? id : throw new FormatException($"the vocabulary lacks the token '{token}'");

    /// <summary>Merges symbols, lowest rank first and leftmost among equals, until no pair is left that the vocabulary knows.</summary>
    /// <param name="symbols">Ids; overwritten by the result.</param>
    /// <returns>Number of ids that remain at the front.</returns>
    public int Merge(Span<int> symbols) => _merges.Merge(symbols);

    private static MergeTable ReadMerges(string path, Dictionary<string, int> ids)
    {
        var merges = new MergeTable();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0 || (number == 1 && line.StartsWith("#version", StringComparison.Ordinal))) continue;
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space > 0 && ids.TryGetValue(line[..space], out var left) && ids.TryGetValue(line[(space + 1)..], out var right)
                && ids.TryGetValue(string.Concat(line.AsSpan(0, space), line.AsSpan(space + 1)), out var merged))
            {
                merges.Add(left, right, merges.Count, merged);
                continue;
            }
            throw Invalid(path, string.Create(CultureInfo.InvariantCulture, $"line {number} is not a merge of two tokens of vocab.json"));
        }
        return merges;
    }

    private static ModelFolderException Invalid(string path, string message) => new("tokenizer_invalid", path, message);
}
