using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace Niche.Inference.Text;

/// <summary>
/// The vocabulary at one place of a text, likeliest first and equals by id, sorted only as far as it is read: few of a hundred thousand tokens ever
/// are. Bands of logits are looked for from the top, each is a heap, and what is taken out of the heap is sorted. Reused from place to place.
/// </summary>
/// <param name="count">Tokens.</param>
internal sealed class TokenRanking(int count)
{
    // Few tokens lie so near to the likeliest one, and often no more are read. Each further band is twice as wide, and after a few all are taken that are left.
    private const float FirstBand = 2;
    private const float LastBand = 64;
    private readonly float[] _logits = new float[count];

    // Each holds a logit, as a number that sorts as it does, and below it the complement of the id. Bands before _start are sorted, largest first.
    // The band from _start to _end is a heap, largest first, and behind it what was taken out, smallest first.
    private readonly ulong[] _keys = new ulong[count];
    private int _start;
    private int _end;
    private int _heap;
    private float _width;
    private float _floor;

    /// <summary>Takes the logits of another place; they may be negative infinity, but not NaN.</summary>
    /// <param name="logits">One for each token.</param>
    public void Rank(ReadOnlySpan<float> logits)
    {
        logits.CopyTo(_logits);
        (_start, _end, _heap, _width) = (0, 0, 0, FirstBand);
        _floor = float.PositiveInfinity;
        Collect(TensorPrimitives.Max(logits) - FirstBand);
    }

    /// <summary>The token of a rank, 0 for the likeliest.</summary>
    /// <param name="rank">Below the number of tokens.</param>
    public int Id(int rank)
    {
        while (rank >= _end) NextBand();
        if (rank < _start) return (int)~(uint)_keys[rank];
        while (_end - _start - _heap <= rank - _start)
        {
            var (largest, last) = (_keys[_start], _keys[_start + --_heap]);
            if (_heap > 0) Sink(0, last);
            _keys[_start + _heap] = largest;
        }
        return (int)~(uint)_keys[_start + _end - 1 - rank];
    }

    private void NextBand()
    {
        var band = _keys.AsSpan(_start, _end - _start);
        band[.._heap].Sort();
        band.Reverse();
        _start = _end;
        _width *= 2;
        Collect(_width <= LastBand ? _floor - _width : float.NegativeInfinity);
    }

    // The tokens below the last floor and not below this one.
    private void Collect(float floor)
    {
        var (least, below) = (Vector256.Create(floor), Vector256.Create(_floor));
        var at = 0;
        for (; at + Vector256<float>.Count <= _logits.Length; at += Vector256<float>.Count)
        {
            var values = Vector256.Create(_logits.AsSpan(at, Vector256<float>.Count));
            var found = (Vector256.GreaterThanOrEqual(values, least) & Vector256.LessThan(values, below)).ExtractMostSignificantBits();
            for (; found != 0; found &= found - 1) Add(at + BitOperations.TrailingZeroCount(found));
        }
        for (; at < _logits.Length; at++)
        {
            if (_logits[at] >= floor && _logits[at] < _floor) Add(at);
        }
        (_floor, _heap) = (floor, _end - _start);
        for (var node = (_heap / 2) - 1; node >= 0; node--) Sink(node, _keys[_start + node]);
    }

    private void Add(int id)
    {
        // Adding zero makes -0 a 0.
        var bits = BitConverter.SingleToInt32Bits(_logits[id] + 0f);
        var sortable = (uint)bits ^ ((uint)(bits >> 31) | 0x80000000);
        _keys[_end++] = ((ulong)sortable << 32) | ~(uint)id;
    }

    private void Sink(int node, ulong key)
    {
        var heap = _keys.AsSpan(_start, _heap);
        for (var child = (2 * node) + 1; child < heap.Length; child = (2 * node) + 1)
        {
            if (child + 1 < heap.Length && heap[child + 1] > heap[child]) child++;
            if (heap[child] <= key) break;
            heap[node] = heap[child];
            node = child;
        }
        heap[node] = key;
    }
}
