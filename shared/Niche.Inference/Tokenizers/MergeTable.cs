namespace Niche.Inference.Tokenizers;

/// <summary>
/// The merges of a byte pair vocabulary and the loop that applies them: lowest rank first, leftmost among equals (Sennrich et al., 2016). Time is
/// n log n in the number of symbols, so that a hostile word costs little.
/// </summary>
internal sealed class MergeTable
{
    // Words are short: below this a scan per merge beats a heap.
    private const int Short = 48;
    private readonly Dictionary<long, (int Rank, int Merged)> _merges = [];

    /// <summary>Number of merges.</summary>
    public int Count => _merges.Count;

    /// <summary>Adds a merge unless the pair has one.</summary>
    public void Add(int left, int right, int rank, int merged) => _merges.TryAdd(Key(left, right), (rank, merged));

    /// <summary>Adds a merge in place of the one that the pair may have.</summary>
    public void Set(int left, int right, int rank, int merged) => _merges[Key(left, right)] = (rank, merged);

    /// <summary>Merges symbols until no pair is left that the table knows.</summary>
    /// <param name="symbols">Ids, none negative; overwritten by the result.</param>
    /// <returns>Number of ids that remain at the front.</returns>
    public int Merge(Span<int> symbols) => symbols.Length <= Short ? MergeShort(symbols) : MergeLong(symbols);

    private static long Key(int left, int right) => ((long)left << 32) | (uint)right;

    private static int LowestRank(ReadOnlySpan<int> ranks)
    {
        var best = 0;
        for (var i = 1; i < ranks.Length; i++)
        {
            if (ranks[i] < ranks[best]) best = i;
        }
        return best;
    }

    private int Rank(int left, int right) => _merges.TryGetValue(Key(left, right), out var merge) ? merge.Rank : int.MaxValue;

    private int MergeShort(Span<int> symbols)
    {
        var count = symbols.Length;
        Span<int> ranks = stackalloc int[Short];
        for (var i = 0; i + 1 < count; i++) ranks[i] = Rank(symbols[i], symbols[i + 1]);
        while (count > 1)
        {
            var at = LowestRank(ranks[..(count - 1)]);
            if (ranks[at] == int.MaxValue) break;
            symbols[at] = _merges[Key(symbols[at], symbols[at + 1])].Merged;
            symbols[(at + 2)..count].CopyTo(symbols[(at + 1)..]);
            ranks[(at + 1)..(count - 1)].CopyTo(ranks[at..]);
            count--;
            if (at > 0) ranks[at - 1] = Rank(symbols[at - 1], symbols[at]);
            if (at + 1 < count) ranks[at] = Rank(symbols[at], symbols[at + 1]);
        }
        return count;
    }

    private int MergeLong(Span<int> symbols)
    {
        var (before, after) = (new int[symbols.Length], new int[symbols.Length]);
        var heap = new PriorityQueue<(int At, long Pair), (int Rank, int At)>(symbols.Length);
        for (var i = 0; i < symbols.Length; i++)
        {
            (before[i], after[i]) = (i - 1, i + 1);
            if (i + 1 < symbols.Length) Offer(heap, i, symbols[i], symbols[i + 1]);
        }
        while (heap.TryDequeue(out var offer, out _))
        {
            var at = offer.At;
            var right = after[at];
            // An offer whose symbols were merged away in the meantime is stale; a merged-away symbol is -1.
            if (right >= symbols.Length || symbols[at] < 0 || Key(symbols[at], symbols[right]) != offer.Pair) continue;
            symbols[at] = _merges[offer.Pair].Merged;
            symbols[right] = -1;
            after[at] = after[right];
            if (after[at] < symbols.Length)
            {
                before[after[at]] = at;
                Offer(heap, at, symbols[at], symbols[after[at]]);
            }
            if (before[at] >= 0) Offer(heap, before[at], symbols[before[at]], symbols[at]);
        }
        var count = 0;
        for (var at = 0; at < symbols.Length; at = after[at]) symbols[count++] = symbols[at];
        return count;
    }

    private void Offer(PriorityQueue<(int At, long Pair), (int Rank, int At)> heap, int at, int left, int right)
    {
        var rank = Rank(left, right);
        if (rank != int.MaxValue) heap.Enqueue((at, Key(left, right)), (rank, at));
    }
}
