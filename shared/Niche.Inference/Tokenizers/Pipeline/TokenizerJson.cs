using System.Globalization;
using System.Text;
using Niche.Inference.Models;

namespace Niche.Inference.Tokenizers.Pipeline;

/// <summary>
/// Reads <c>tokenizer.json</c> (the format of Hugging Face's tokenizers). What it asks for and is not offered here is refused by name; its
/// <c>truncation</c> and <c>padding</c> concern batches and play no part in continuing a text.
/// </summary>
internal static class TokenizerJson
{
    public const int MostTokens = 1 << 20;
    private const int MostMerges = 1 << 21;
    private const int MostAdded = 1 << 16;
    private const int LongestAdded = 256;

    public static ITextTokenizer Read(JsonPart root)
    {
        root.Only("version", "truncation", "padding", "added_tokens", "normalizer", "pre_tokenizer", "post_processor", "decoder", "model");
        var ids = Vocabulary(root.Need("model"));
        AddedToken[] added = [.. root.Find("added_tokens")?.Items(MostAdded).Select(part => Added(part, part.Need("id").Whole(MostTokens))) ?? []];
        var model = Bpe(root.Need("model"), ids);
        var byteLevel = DecoderReader.IsByteLevel(root.Need("decoder"));
        var normalize = NormalizerReader.Read(root.Find("normalizer"));
        return new PipelineTokenizer(
            added, token => normalize(token.Text), (text, _) => normalize(text), PreTokenizerReader.Read(root.Find("pre_tokenizer")), model.Encode,
            Texts(ids, added, byteLevel ? TokenTexts.FromAlphabet : TokenTexts.FromPiece), PostProcessorReader.StartId(root.Find("post_processor")),
            byteLevel || root.Need("model").Flag("byte_fallback", false));
    }

    private static Dictionary<string, int> Vocabulary(JsonPart model)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        if (model.Find("type")?.Text() is { } type and not "BPE") throw model.Unsupported($"the model '{type}' is not supported");
        foreach (var token in model.Need("vocab").Object().Element.EnumerateObject())
        {
            ids[token.Name] = new JsonPart(token.Value, $"model.vocab.{token.Name}", model.File).Whole(MostTokens);
        }
        return ids.Count > 0 ? ids : throw model.Invalid("vocab is empty");
    }

    private static BpeModel Bpe(JsonPart part, Dictionary<string, int> ids)
    {
        part.Only("dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix", "fuse_unk", "byte_fallback", "ignore_merges", "vocab", "merges");
        if (part.Find("dropout") is { } dropout && !(dropout.Element.TryGetDouble(out var rate) && rate == 0)) throw part.Unsupported("'dropout' is not supported");
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
        if (merge.Element.ValueKind == System.Text.Json.JsonValueKind.Array)
        {
            JsonPart[] both = [.. merge.Items(2)];
            return both.Length == 2 ? (both[0].Text(), both[1].Text()) : throw merge.Invalid("must be two tokens");
        }
        var sides = merge.Text().Split(' ');
        return sides.Length == 2 ? (sides[0], sides[1]) : throw merge.Invalid("must be two tokens with a space between them");
    }

    /// <summary>An entry of <c>added_tokens</c>, or of a configuration's <c>added_tokens_decoder</c>, where its id is its name.</summary>
    public static AddedToken Added(JsonPart part, int id)
    {
        part.Only("id", "content", "single_word", "lstrip", "rstrip", "normalized", "special");
        var text = part.Text("content");
        if (text.Length is 0 or > LongestAdded) throw part.Invalid(string.Create(CultureInfo.InvariantCulture, $"content must have 1 to {LongestAdded} characters"));
        var special = part.Flag("special", false);
        return new AddedToken(id, text, special, part.Flag("normalized", !special), part.Flag("single_word", false),
            part.Flag("lstrip", false), part.Flag("rstrip", false));
    }

    private static byte[][] Texts(Dictionary<string, int> ids, AddedToken[] added, Func<string, byte[]> text)
    {
        var bytes = new byte[1 + ids.Values.Concat(added.Select(token => token.Id)).Max()][];
        Array.Fill(bytes, []);
        foreach (var (token, id) in ids) bytes[id] = text(token);
        foreach (var token in added) bytes[token.Id] = token.Special ? [] : Encoding.UTF8.GetBytes(token.Text);
        return bytes;
    }
}
