using System.Text.Json;

namespace Niche.Inference.Tokenizers.Pipeline;

/// <summary>Reads <c>model</c> of <c>tokenizer.json</c> where it is a Unigram model.</summary>
internal static class UnigramReader
{
    private const int LongestToken = 1024;

    /// <summary>The vocabulary, and what appends the ids of a word.</summary>
    public static (Dictionary<string, int> Ids, Action<string, List<int>> Encode) Read(JsonPart part)
    {
        part.Only("unk_id", "vocab", "byte_fallback");
        var (ids, scores, trie) = (new Dictionary<string, int>(StringComparer.Ordinal), new List<double>(), new TokenTrie());
        foreach (var entry in part.Need("vocab").Items(TokenizerJson.MostTokens))
        {
            if (entry.Items(2).ToArray() is not [var token, var score] || token.Text() is not { Length: > 0 and <= LongestToken } text) throw entry.Invalid("must be a token and its score");
            ids.TryAdd(text, scores.Count);
            trie.Add(text, scores.Count);
            scores.Add(score.Element.ValueKind == JsonValueKind.Number && score.Element.TryGetDouble(out var value) && double.IsFinite(value) ? value : throw score.Invalid("must be a number"));
        }
        if (scores.Count == 0) throw part.Invalid("vocab is empty");
        var unknown = part.Find("unk_id")?.Whole(scores.Count) ?? throw part.Unsupported("a Unigram model without 'unk_id' is not supported");
        var bytes = part.Flag("byte_fallback", false) ? Bytes(part, ids) : null;
        return (ids, new UnigramModel(scores, trie, scores.Min(), unknown, bytes, single: false).Encode);
    }

    private static int[] Bytes(JsonPart part, Dictionary<string, int> ids) =>
        [.. Enumerable.Range(0, 256).Select(b => ids.TryGetValue(BpeModel.NameOf(b), out var id) ? id : throw part.Unsupported("byte_fallback needs a token for every byte"))];
}
