using System.Text;

namespace Niche.Inference.Tokenizers.Pipeline;

/// <summary>
/// A tokenizer put together from parts, in the order of the tokenizers library: added tokens, normalizer, added tokens in the normalized text, cut
/// into words, ids of each word.
/// </summary>
internal sealed class PipelineTokenizer : ITextTokenizer
{
    private readonly AddedTokens _raw;
    private readonly AddedTokens _normalized;
    private readonly Func<string, bool, string> _normalize;
    private readonly Func<Piece, IEnumerable<Piece>> _cut;
    private readonly Action<string, List<int>> _encode;
    private readonly byte[][] _bytes;

    /// <summary>Puts the parts together.</summary>
    /// <param name="added">Added tokens.</param>
    /// <param name="spell">How a normalized text spells an added token that is looked for in it.</param>
    /// <param name="normalize">The normalizer; it is told whether a stretch begins the text.</param>
    /// <param name="cut">Cuts a normalized text into words.</param>
    /// <param name="encode">Appends the ids of a word.</param>
    /// <param name="bytes">Bytes of each token.</param>
    /// <param name="startId">The token before every text.</param>
    /// <param name="everyByte">Whether no character is unknown.</param>
    public PipelineTokenizer(
        IReadOnlyList<AddedToken> added, Func<AddedToken, string> spell, Func<string, bool, string> normalize, Func<Piece, IEnumerable<Piece>> cut, Action<string, List<int>> encode,
        byte[][] bytes, int? startId, bool everyByte)
    {
        _raw = new AddedTokens(added.Where(token => !token.Normalized).Select(token => (token, token.Text)));
        _normalized = new AddedTokens(added.Where(token => token.Normalized).Select(token => (token, spell(token))));
        (_normalize, _cut, _encode, _bytes, StartId) = (normalize, cut, encode, bytes, startId);
        // White space that a token swallows has no bound, nor has a row of characters that are one unknown token.
        LongestToken = !everyByte || added.Any(token => token.Left || token.Right) ? int.MaxValue : Longest(added, bytes);
    }

    /// <inheritdoc/>
    public int Count => _bytes.Length;

    /// <inheritdoc/>
    public int? StartId { get; }

    /// <inheritdoc/>
    public int LongestToken { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> Encode(string text)
    {
        // Half a surrogate pair has no UTF-8: it becomes U+FFFD here, once, and not differently in every part.
        var whole = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        var ids = new List<int>();
        foreach (var (where, id) in _raw.Cut(whole))
        {
            if (id is { } token) ids.Add(token);
            else EncodeText(whole[where], where.Start.Value == 0, ids);
        }
        return ids;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Bytes(int id) => _bytes[id];

    // Composing two characters into one makes a text shorter, at most to a third.
    private static int Longest(IReadOnlyList<AddedToken> added, byte[][] bytes) =>
        3 * Math.Max(bytes.Max(token => token.Length), added.Select(token => Encoding.UTF8.GetByteCount(token.Text)).DefaultIfEmpty().Max());

    private void EncodeText(string text, bool first, List<int> ids)
    {
        var normalized = _normalize(text, first);
        foreach (var (where, id) in _normalized.Cut(normalized))
        {
            if (id is { } token)
            {
                ids.Add(token);
                continue;
            }
            foreach (var word in _cut(new Piece(normalized[where], first && where.Start.Value == 0)))
            {
                if (word.Text.Length > 0) _encode(word.Text, ids);
            }
        }
    }
}
