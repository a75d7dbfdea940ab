using System.Text;
using System.Globalization;

namespace Niche.Inference.Tokenizers.Pipeline;

/// <summary>Cuts a text at its added tokens: leftmost first, longest among those that begin at one place.</summary>
internal sealed class AddedTokens
{
    private readonly TokenTrie _trie = new();
    private readonly Dictionary<int, AddedToken> _byId = [];

    /// <summary>Prepares the tokens, each with the spelling to look for.</summary>
    public AddedTokens(IEnumerable<(AddedToken Token, string Spelling)> tokens)
    {
        foreach (var (token, spelling) in tokens)
        {
            if (spelling.Length == 0) continue;
            _trie.Add(spelling, token.Id);
            _byId.TryAdd(token.Id, token);
        }
    }

    /// <summary>The stretches of a text in order; those with an id are tokens, none is empty.</summary>
    public IEnumerable<(Range Where, int? Id)> Cut(string text)
    {
        var taken = 0;
        for (var at = 0; at < text.Length && !_trie.Empty;)
        {
            var (length, id) = _trie.Longest(text.AsSpan(at));
            if (length == 0)
            {
                at++;
                continue;
            }
            var (start, end) = (at, at + length);
            at = end;
            var token = _byId[id];
            if (token.SingleWord && (WordBefore(text, start) || WordAfter(text, end))) continue;
            if (token.Left) while (start > taken && char.IsWhiteSpace(text[start - 1])) start--;
            if (token.Right) while (end < text.Length && char.IsWhiteSpace(text[end])) end++;
            if (start < taken) continue;
            if (start > taken) yield return (taken..start, null);
            yield return (start..end, id);
            taken = end;
        }
        if (taken < text.Length) yield return (taken..text.Length, null);
    }

    private static bool WordBefore(string text, int at) =>
        at > 0 && IsWord(Rune.DecodeLastFromUtf16(text.AsSpan(0, at), out var rune, out _) == System.Buffers.OperationStatus.Done ? rune : Rune.ReplacementChar);

    private static bool WordAfter(string text, int at) =>
        at < text.Length && IsWord(Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out _) == System.Buffers.OperationStatus.Done ? rune : Rune.ReplacementChar);

    private static bool IsWord(Rune rune) => Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.ConnectorPunctuation;
}
