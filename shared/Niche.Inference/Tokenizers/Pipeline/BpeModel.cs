using System.Text;

namespace Niche.Inference.Tokenizers.Pipeline;

/// <summary>Byte pair encoding of words: over characters, with bytes or the unknown token for characters that the vocabulary lacks.</summary>
internal sealed class BpeModel
{
    private readonly IReadOnlyDictionary<string, int> _ids;
    private readonly MergeTable _merges;
    private readonly Dictionary<int, int> _characters = [];
    private readonly int[]? _bytes;

    /// <summary>Takes a vocabulary and its merges.</summary>
    /// <param name="ids">Every token with its id.</param>
    /// <param name="merges">Merges over those ids.</param>
    /// <param name="byteFallback">Whether unknown characters become the tokens <c>&lt;0x00&gt;</c> to <c>&lt;0xFF&gt;</c>.</param>
    public BpeModel(IReadOnlyDictionary<string, int> ids, MergeTable merges, bool byteFallback)
    {
        (_ids, _merges) = (ids, merges);
        foreach (var (token, id) in ids)
        {
            if (token.Length is 1 or 2 && Rune.DecodeFromUtf16(token, out var rune, out var length) == System.Buffers.OperationStatus.Done && length == token.Length)
                _characters[rune.Value] = id;
        }
        if (!byteFallback) return;
        // Where a single byte has no token the reference decides word by word; no published vocabulary is like that.
        int[] bytes = [.. Enumerable.Range(0, 256).Select(b => ids.GetValueOrDefault(NameOf(b), -1))];
        if (bytes.Contains(-1)) throw new FormatException("byte_fallback needs a token for every byte");
        _bytes = bytes;
    }

    /// <summary>The token of characters that are not in the vocabulary; null drops them.</summary>
    public int? Unknown { get; init; }

    /// <summary>Whether neighbouring unknown characters are one token.</summary>
    public bool FuseUnknown { get; init; }

    /// <summary>Whether a word that is a token is taken as it is.</summary>
    public bool WholeWords { get; init; }

    /// <summary>How the vocabulary writes a byte.</summary>
    public static string NameOf(int value) => $"<0x{value:X2}>";

    /// <summary>Appends the ids of one word.</summary>
    public void Encode(string word, List<int> ids)
    {
        if (WholeWords && _ids.TryGetValue(word, out var whole))
        {
            ids.Add(whole);
            return;
        }
        var symbols = new List<int>(word.Length);
        Span<byte> utf8 = stackalloc byte[4];
        var unknownBefore = false;
        foreach (var rune in word.EnumerateRunes())
        {
            var known = _characters.TryGetValue(rune.Value, out var id);
            if (known) symbols.Add(id);
            else if (_bytes is not null) foreach (var b in utf8[..rune.EncodeToUtf8(utf8)]) symbols.Add(_bytes[b]);
            else if (Unknown is { } unknown && !(FuseUnknown && unknownBefore)) symbols.Add(unknown);
            unknownBefore = !known;
        }
        var span = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(symbols);
        ids.AddRange(span[.._merges.Merge(span)]);
    }
}
