using System.Text;
using System.Text.RegularExpressions;
using Niche.Inference.Models;

namespace Niche.Inference.Tokenizers;

/// <summary>
/// CLIP's tokenizer: lower case, white space collapsed, words by CLIP's pattern, bytes merged with <c>&lt;/w&gt;</c> at the end of a word.
/// Unknown words fall back to their bytes, so every text has ids.
/// </summary>
public sealed partial class ClipTokenizer
{
    private const string Start = "<|startoftext|>";
    private const string End = "<|endoftext|>";
    private readonly BytePairVocabulary _vocabulary;
    private readonly int[] _bytes = new int[256];
    private readonly int[] _lastBytes = new int[256];

    private ClipTokenizer(BytePairVocabulary vocabulary, int length)
    {
        _vocabulary = vocabulary;
        Length = length;
        StartId = vocabulary.Require(Start);
        EndId = vocabulary.Require(End);
        for (var b = 0; b < 256; b++)
        {
            _bytes[b] = vocabulary.Require(ByteAlphabet.ByByte[b].ToString());
            _lastBytes[b] = vocabulary.Require($"{ByteAlphabet.ByByte[b]}</w>");
        }
    }

    /// <summary>Number of ids that <see cref="Encode"/> returns (<c>model_max_length</c>).</summary>
    public int Length { get; }

    /// <summary>Id of the start token.</summary>
    public int StartId { get; }

    /// <summary>Id of the end token, which also pads.</summary>
    public int EndId { get; }

    /// <summary>Reads <c>vocab.json</c>, <c>merges.txt</c> and <c>tokenizer_config.json</c>.</summary>
    /// <param name="folder">A verified folder.</param>
    /// <param name="prefix">Folder of the files inside it, ending in a slash.</param>
    /// <exception cref="ModelFolderException">The files are damaged or belong to another kind of tokenizer.</exception>
    public static ClipTokenizer Load(ModelFolder folder, string prefix = "tokenizer/")
    {
        var config = $"{prefix}tokenizer_config.json";
        if (!folder.ReadJson(config).TryGetProperty("model_max_length", out var json)
            || !json.TryGetInt32(out var length) || length is < 2 or > 4096)
        {
            throw new ModelFolderException("tokenizer_invalid", folder.PathOf(config), "model_max_length must be 2 to 4096");
        }
        try
        {
            return new ClipTokenizer(BytePairVocabulary.Load(folder, prefix), length);
        }
        catch (FormatException e)
        {
            throw new ModelFolderException("tokenizer_invalid", folder.PathOf($"{prefix}vocab.json"), e.Message, e);
        }
    }

    /// <summary>Ids of a text: start, words (cut where they do not fit), end, padding; always <see cref="Length"/> of them.</summary>
    /// <param name="text">Any text.</param>
    public int[] Encode(string text)
    {
        var words = Words(text, Length - 2);
        var ids = new int[Length];
        ids[0] = StartId;
        words.CopyTo(ids, 1);
        ids.AsSpan(words.Count + 1).Fill(EndId);
        return ids;
    }

    /// <summary>Ids of the words alone.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="limit">Stop after so many ids.</param>
    public List<int> Words(string text, int limit = int.MaxValue)
    {
        var ids = new List<int>();
        var lower = text.ToLowerInvariant().AsSpan();
        foreach (var match in Pattern().EnumerateMatches(lower))
        {
            if (ids.Count >= limit) break;
            AddWord(lower.Slice(match.Index, match.Length), ids);
        }
        if (ids.Count > limit) ids.RemoveRange(limit, ids.Count - limit);
        return ids;
    }

    [GeneratedRegex(@"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|\p{L}+|\p{N}|[^\s\p{L}\p{N}]+",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    private void AddWord(ReadOnlySpan<char> word, List<int> ids)
    {
        if (word is Start or End)
        {
            ids.Add(word is Start ? StartId : EndId);
            return;
        }
        var bytes = new byte[Encoding.UTF8.GetByteCount(word)];
        Encoding.UTF8.GetBytes(word, bytes);
        Span<int> symbols = bytes.Length <= 256 ? stackalloc int[bytes.Length] : new int[bytes.Length];
        for (var i = 0; i < bytes.Length; i++) symbols[i] = i == bytes.Length - 1 ? _lastBytes[bytes[i]] : _bytes[bytes[i]];
        ids.AddRange(symbols[.._vocabulary.Merge(symbols)]);
    }
}
