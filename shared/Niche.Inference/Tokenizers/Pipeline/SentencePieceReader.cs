using System.Globalization;
using System.Text;
using Niche.Inference.Models;

namespace Niche.Inference.Tokenizers.Pipeline;

/// <summary>
/// Makes a tokenizer of <c>tokenizer.model</c> (SentencePiece BPE or Unigram without a character map, as Llama 2, Mistral and Gemma ship it) and of
/// <c>tokenizer_config.json</c>, if there is one: <c>add_bos_token</c>, <c>legacy</c> and <c>added_tokens_decoder</c>. Control pieces are found in a text.
/// </summary>
internal static class SentencePieceReader
{
    private const char Space = '\u2581';

    public static ITextTokenizer Read(byte[] bytes, string path, JsonPart? config)
    {
        try
        {
            return Build(new SentencePieceFile(bytes), config);
        }
        catch (FormatException e)
        {
            throw new ModelFolderException("tokenizer_invalid", path, e.Message, e);
        }
        catch (NotSupportedException e)
        {
            throw new ModelFolderException("tokenizer_unsupported", path, e.Message, e);
        }
    }

    private static PipelineTokenizer Build(SentencePieceFile file, JsonPart? config)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        var added = new List<AddedToken>();
        var texts = new List<byte[]>();
        foreach (var ((text, _, type), id) in file.List.Select((piece, id) => (piece, id)))
        {
            if (type is SentencePieceType.Normal or SentencePieceType.Byte) ids.TryAdd(text, id);
            if (type is SentencePieceType.Control or SentencePieceType.UserDefined)
                added.Add(new AddedToken(id, text, type == SentencePieceType.Control, type == SentencePieceType.UserDefined, false, false, false));
            texts.Add(type is SentencePieceType.Control or SentencePieceType.Unknown ? [] : TokenTexts.FromPiece(text));
        }
        Configured(config, added, texts);
        Action<string, List<int>> encode = file.Unigram ? Unigram(file, ids).Encode : new BpeModel(ids, Merges(file, ids), file.ByteFallback) { Unknown = file.UnknownId, FuseUnknown = true }.Encode;
        var everyPrefix = config?.Flag("legacy", true) ?? true;
        int? start = file.StartId >= 0 && file.StartId < file.List.Count && (config?.Flag("add_bos_token", true) ?? true) ? file.StartId : null;
        return new PipelineTokenizer(added, token => token.Text, Normalize, piece => [piece], encode, [.. texts], start, file.ByteFallback);

        string Normalize(string text, bool first) => (file.Prefix && (first || everyPrefix) ? Space.ToString() : "") + text.Replace(' ', Space);
    }

    // What the configuration says of a token overrides its piece: "<s>" may swallow spaces, a model may have tokens behind its pieces.
    private static void Configured(JsonPart? config, List<AddedToken> added, List<byte[]> texts)
    {
        if (config?.Find("added_tokens_decoder") is not { } list) return;
        foreach (var entry in list.Object().Element.EnumerateObject())
        {
            var part = list.Need(entry.Name);
            if (!int.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id >= TokenizerJson.MostTokens) throw part.Invalid("its name must be an id");
            // The slow tokenizers look for all of them in the text as it came.
            var token = TokenizerJson.Added(part, id) with { Normalized = false };
            while (texts.Count <= id) texts.Add([]);
            texts[id] = token.Special ? [] : Encoding.UTF8.GetBytes(token.Text);
            added.RemoveAll(other => other.Id == id);
            added.Add(token);
        }
    }

    // The reference adds single-precision numbers; equal sums must stay equal.
    private static UnigramModel Unigram(SentencePieceFile file, Dictionary<string, int> ids)
    {
        var (trie, least) = (new TokenTrie(), 0.0);
        foreach (var ((text, score, type), id) in file.List.Select((piece, id) => (piece, id)))
        {
            if (type != SentencePieceType.Normal) continue;
            trie.Add(text, id);
            least = Math.Min(least, score);
        }
        int[]? bytes = file.ByteFallback
            ? [.. Enumerable.Range(0, 256).Select(b => ids.TryGetValue(BpeModel.NameOf(b), out var id) ? id : throw new FormatException("byte_fallback needs a piece for every byte"))]
            : null;
        return new UnigramModel([.. file.List.Select(piece => (double)piece.Score)], trie, least, file.UnknownId, bytes, single: true);
    }

    // A pair may merge when its sum is a piece, the best score first: every way to cut a piece in two pieces is a merge.
    private static MergeTable Merges(SentencePieceFile file, Dictionary<string, int> ids)
    {
        var normal = file.List.Select((piece, id) => (piece.Text, piece.Score, piece.Type, Id: id)).Where(piece => piece.Type == SentencePieceType.Normal).ToArray();
        var ranks = normal.Select(piece => piece.Score).Distinct().OrderDescending().Select((score, rank) => (score, rank)).ToDictionary(pair => pair.score, pair => pair.rank);
        var known = normal.Select(piece => piece.Text).ToHashSet(StringComparer.Ordinal);
        var table = new MergeTable();
        foreach (var (text, score, _, id) in normal)
        {
            for (var cut = 1; cut < text.Length; cut++)
            {
                var (left, right) = (text[..cut], text[cut..]);
                if (known.Contains(left) && known.Contains(right)) table.Set(ids[left], ids[right], ranks[score], id);
            }
        }
        return table;
    }
}
