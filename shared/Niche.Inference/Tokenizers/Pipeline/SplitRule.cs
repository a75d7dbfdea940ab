namespace Niche.Inference.Tokenizers.Pipeline;

/// <summary>Splits pieces where something matches.</summary>
/// <param name="find">Matches in a text, in order, not overlapping.</param>
/// <param name="behavior">What becomes of them.</param>
/// <param name="invert">The matches are what lies between the separators.</param>
internal sealed class SplitRule(Func<string, IEnumerable<(int Start, int End)>> find, SplitBehavior behavior, bool invert = false)
{
    public IEnumerable<Piece> Split(Piece piece)
    {
        var first = piece.First;
        foreach (var (start, end) in Joined(Stretches(piece.Text)))
        {
            yield return new Piece(piece.Text[start..end], first && start == 0);
        }
    }

    /// <summary>All occurrences of a text.</summary>
    public static Func<string, IEnumerable<(int Start, int End)>> Literal(string wanted) => text => Occurrences(text, wanted);

    private static IEnumerable<(int Start, int End)> Occurrences(string text, string wanted)
    {
        for (var at = 0; wanted.Length > 0 && (at = text.IndexOf(wanted, at, StringComparison.Ordinal)) >= 0; at += wanted.Length)
        {
            yield return (at, at + wanted.Length);
        }
    }

    private IEnumerable<(int Start, int End, bool Match)> Stretches(string text)
    {
        var at = 0;
        foreach (var (start, end) in find(text))
        {
            if (start > at) yield return (at, start, invert);
            if (end > start) yield return (start, end, !invert);
            at = end;
        }
        if (at < text.Length) yield return (at, text.Length, invert);
    }

    private IEnumerable<(int Start, int End)> Joined(IEnumerable<(int Start, int End, bool Match)> stretches)
    {
        (int Start, int End, bool Match)? held = null;
        foreach (var next in stretches)
        {
            if (held is not { } last)
            {
                held = next;
                continue;
            }
            if (Joins(last.Match, next.Match))
            {
                // What is joined counts as a match only for neighbours that look at the newest stretch.
                held = (last.Start, next.End, next.Match);
                continue;
            }
            if (Kept(last)) yield return (last.Start, last.End);
            held = next;
        }
        if (held is { } rest && Kept(rest)) yield return (rest.Start, rest.End);
    }

    private bool Joins(bool last, bool next) => behavior switch
    {
        SplitBehavior.MergedWithPrevious => next && !last,
        SplitBehavior.MergedWithNext => last && !next,
        SplitBehavior.Contiguous => last == next,
        _ => false,
    };

    private bool Kept((int Start, int End, bool Match) stretch) => behavior != SplitBehavior.Removed || !stretch.Match;
}
