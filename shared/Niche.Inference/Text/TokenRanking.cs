using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Niche.Inference.Text;

/// <summary>
/// The vocabulary at one place of a text, likeliest first and equals by id, sorted only as far as it is read: few of a hundred thousand tokens ever
/// are. Some ranks are found at a time, first as many as are sure to be wanted: a floor that keeps most of the others out, then a sort of what is above it.
/// </summary>
internal ref struct TokenRanking
{
    private const int Few = 8;
    private const int Growth = 4;
    private const int Halvings = 8;
    private readonly ReadOnlySpan<float> _logits;
    private readonly RankingRoom _room;
    private int _wanted;
    private float _floor = float.NaN;

    /// <summary>A ranking of which nothing is known yet.</summary>
    /// <param name="logits">One for each token; they may be negative infinity, but not NaN.</param>
    /// <param name="room">Memory; what was ranked in it before is lost.</param>
    /// <param name="wanted">Ranks that will be read for sure; 0 where that is not known.</param>
    public TokenRanking(ReadOnlySpan<float> logits, RankingRoom room, int wanted = 0)
    {
        _logits = logits;
        (_room, _wanted) = (room, Math.Max(wanted, Few));
    }

    /// <summary>Ranks that were found so far.</summary>
    public int Known { get; private set; }

    /// <summary>The token of a rank, 0 for the likeliest.</summary>
    /// <param name="rank">Below the number of tokens.</param>
    public int Id(int rank) => (int)(uint)Key(rank);

    /// <summary>Its logit.</summary>
    /// <param name="rank">Below the number of tokens.</param>
    public float Logit(int rank) => BitConverter.Int32BitsToSingle(Turned((int)(Key(rank) >> 32)));

    // A logit as a number that falls where it rises, and the id below it. Adding zero makes -0 a 0.
    private static ulong Key(float logit, int id) => ((ulong)(uint)Turned(BitConverter.SingleToInt32Bits(logit + 0f)) << 32) | (uint)id;

    private static int Turned(int bits) => bits ^ (~(bits >> 31) & int.MaxValue);

    private ulong Key(int rank)
    {
        while (rank >= Known) Find();
        return _room.Keys[rank];
    }

    private void Find()
    {
        if (float.IsNegativeInfinity(_floor)) throw new InvalidOperationException("There is no such rank.");
        var floor = Floor();
        var end = Collect(floor);
        _room.Sort(Known, end);
        (Known, _floor, _wanted) = (end, floor, _wanted * Growth);
    }

    // Written in rows, the logits have columns. Where the largest of enough columns are not below a number, enough logits are not, and seldom twice as many.
    private readonly float Floor()
    {
        var columns = _room.Columns((int)BitOperations.RoundUpToPowerOf2((uint)_wanted * 2));
        if (columns.Length * Vector256<float>.Count > (_logits.Length - Known) / 2) return float.NegativeInfinity;
        var (known, nothing) = (Vector256.Create(_floor), Vector256.Create(float.NegativeInfinity));
        columns.Fill(nothing);
        var rows = MemoryMarshal.Cast<float, Vector256<float>>(_logits);
        for (var at = 0; at < rows.Length; at++)
        {
            ref var column = ref columns[at & (columns.Length - 1)];
            column = Vector256.MaxNative(column, Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(rows[at], known), nothing, rows[at]));
        }
        var (least, most) = (columns[0], columns[0]);
        foreach (var column in columns) (least, most) = (Vector256.MinNative(least, column), Vector256.MaxNative(most, column));
        var (low, high) = (least[0], most[0]);
        for (var lane = 1; lane < Vector256<float>.Count; lane++) (low, high) = (Math.Min(low, least[lane]), Math.Max(high, most[lane]));
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            if (Count(columns, middle) >= _wanted) low = middle;
            else high = middle;
        }
        return low;
    }

    private static int Count(ReadOnlySpan<Vector256<float>> columns, float floor)
    {
        var (least, count) = (Vector256.Create(floor), Vector256<int>.Zero);
        foreach (var column in columns) count -= Vector256.GreaterThanOrEqual(column, least).AsInt32();
        return Vector256.Sum(count);
    }

    // Those that are not below a floor, but below the one before.
    private readonly int Collect(float floor)
    {
        var (least, known, keys, end) = (Vector256.Create(floor), Vector256.Create(_floor), _room.Keys, Known);
        var rows = MemoryMarshal.Cast<float, Vector256<float>>(_logits);
        for (var row = 0; row < rows.Length; row++)
        {
            var found = (Vector256.GreaterThanOrEqual(rows[row], least) & ~Vector256.GreaterThanOrEqual(rows[row], known)).ExtractMostSignificantBits();
            for (; found != 0; found &= found - 1)
            {
                var id = (row * Vector256<float>.Count) + BitOperations.TrailingZeroCount(found);
                keys[end++] = Key(_logits[id], id);
            }
        }
        for (var id = rows.Length * Vector256<float>.Count; id < _logits.Length; id++)
        {
            if (_logits[id] >= floor && !(_logits[id] >= _floor)) keys[end++] = Key(_logits[id], id);
        }
        return end;
    }
}
