using System.Text;
using System.Text.Json;
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

    private ClipTokenizer(BytePairVocabulary vocabulary, int length, string? padding)
    {
        _vocabulary = vocabulary;
        Length = length;
        StartId = vocabulary.Require(Start);
        EndId = vocabulary.Require(End);
        PadId = padding is null ? EndId : vocabulary.Require(padding);
        for (var b = 0; b < 256; b++)
        {
            _bytes[b] = vocabulary.Require(ByteAlphabet.ByByte[b].ToString());
            _lastBytes[b] = vocabulary.Require($"{ByteAlphabet.ByByte[b]}</w>");
        }
    }

    /// <summary>Number of ids that <see cref="Encode(string)"/> returns (<c>model_max_length</c>).</summary>
    public int Length { get; }

    /// <summary>Id of the start token.</summary>
    public int StartId { get; }

    /// <summary>Id of the end token.</summary>
    public int EndId { get; }

    /// <summary>Id that fills up a window: the end token, unless the folder names another (SD 2 and the second encoder of SDXL do).</summary>
    public int PadId { get; }

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
            return new ClipTokenizer(BytePairVocabulary.Load(folder, prefix), length, Padding(folder, prefix));
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
        ids[words.Count + 1] = EndId;
        ids.AsSpan(words.Count + 2).Fill(PadId);
        return ids;
    }

    /// <summary>Ids of weighted parts of any length, in as many windows as they need but at least so many.</summary>
    /// <param name="parts">The prompt.</param>
    /// <param name="windows">Least number of windows.</param>
    /// <param name="mostWindows">What lies beyond is cut off.</param>
    public PromptTokens Encode(IReadOnlyList<PromptPart> parts, int windows = 1, int mostWindows = 8)
    {
        var room = Length - 2;
        var (words, weights) = (new List<int>(), new List<float>());
        foreach (var part in parts)
        {
            words.AddRange(Words(part.Text, (mostWindows * room) - words.Count));
            while (weights.Count < words.Count) weights.Add(part.Weight);
        }
        windows = Math.Max(windows, (words.Count + room - 1) / room);
        var (ids, counts) = (new int[windows * Length], new float[windows * Length]);
        Array.Fill(ids, PadId);
        Array.Fill(counts, 1f);
        for (var window = 0; window < windows; window++)
        {
            var (start, taken) = (window * Length, Math.Clamp(words.Count - (window * room), 0, room));
            ids[start] = StartId;
            ids[start + taken + 1] = EndId;
            words.CopyTo(window * room * Math.Sign(taken), ids, start + 1, taken);
            weights.CopyTo(window * room * Math.Sign(taken), counts, start + 1, taken);
        }
        return new PromptTokens(ids, counts.All(weight => weight == 1) ? null : counts);
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

    private static string? Padding(ModelFolder folder, string prefix)
    {
        foreach (var file in new[] { $"{prefix}special_tokens_map.json", $"{prefix}tokenizer_config.json" })
        {
            if (!folder.Manifest.Files.ContainsKey(file) || !folder.ReadJson(file).TryGetProperty("pad_token", out var token)) continue;
            if (token.ValueKind == JsonValueKind.Object && token.TryGetProperty("content", out var content)) token = content;
            if (token.ValueKind == JsonValueKind.String) return token.GetString();
        }
        return null;
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
