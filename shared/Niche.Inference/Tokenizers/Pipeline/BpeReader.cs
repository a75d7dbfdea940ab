using System.Text.Json;

namespace Niche.Inference.Tokenizers.Pipeline;

/// <summary>Reads <c>model</c> of <c>tokenizer.json</c> where it is byte pair encoding.</summary>
internal static class BpeReader
{
    private const int MostMerges = 1 << 21;

    /// <summary>The vocabulary, and what appends the ids of a word.</summary>
    public static (Dictionary<string, int> Ids, Action<string, List<int>> Encode) Read(JsonPart part)
    {
        var ids = Vocabulary(part);
        return (ids, Bpe(part, ids).Encode);
    }

    private static Dictionary<string, int> Vocabulary(JsonPart model)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var token in model.Need("vocab").Object().Element.EnumerateObject())
        {
            ids[token.Name] = new JsonPart(token.Value, $"model.vocab.{token.Name}", model.File).Whole(TokenizerJson.MostTokens);
        }
        return ids.Count > 0 ? ids : throw model.Invalid("vocab is empty");
    }

    private static BpeModel Bpe(JsonPart part, Dictionary<string, int> ids)
    {
        part.Only("dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix", "fuse_unk", "byte_fallback", "ignore_merges", "vocab", "merges");
        if (part.Find("dropout") is { } dropout && !(dropout.Element.ValueKind == JsonValueKind.Number && dropout.Element.TryGetDouble(out var rate) && rate == 0)) throw part.Unsupported("'dropout' is not supported");
        foreach (var name in new[] { "continuing_subword_prefix", "end_of_word_suffix" })
        {
            if (part.Find(name)?.Text() is { Length: > 0 }) throw part.Unsupported($"'{name}' is not supported");
        }
        int? unknown = part.Find("unk_token")?.Text() is { Length: > 0 } token
            ? ids.TryGetValue(token, out var id) ? id : throw part.Invalid($"unk_token: the vocabulary lacks '{token}'")
            : null;
        try
        {
            return new BpeModel(ids, Merges(part.Need("merges"), ids), part.Flag("byte_fallback", false))
            {
                Unknown = unknown, FuseUnknown = part.Flag("fuse_unk", false), WholeWords = part.Flag("ignore_merges", false),
            };
        }
        catch (FormatException e)
        {
            throw part.Unsupported(e.Message);
        }
    }

    private static MergeTable Merges(JsonPart part, Dictionary<string, int> ids)
    {
        var (table, rank) = (new MergeTable(), 0);
        foreach (var merge in part.Items(MostMerges))
        {
            var (left, right) = Pair(merge);
            if (!ids.TryGetValue(left, out var first) || !ids.TryGetValue(right, out var second) || !ids.TryGetValue(left + right, out var merged))
                throw merge.Invalid("is not a merge of two tokens of the vocabulary");
            table.Set(first, second, rank++, merged);
        }
        return table;
    }

    // "a b", or ["a", "b"] since tokens may hold spaces.
    private static (string Left, string Right) Pair(JsonPart merge)
    {
        if (merge.Element.ValueKind == JsonValueKind.Array)
        {
            JsonPart[] both = [.. merge.Items(2)];
            return both.Length == 2 ? (both[0].Text(), both[1].Text()) : throw merge.Invalid("must be two tokens");
        }
        var sides = merge.Text().Split(' ');
        return sides.Length == 2 ? (sides[0], sides[1]) : throw merge.Invalid("must be two tokens with a space between them");
    }
}
