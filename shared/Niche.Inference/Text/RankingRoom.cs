using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Niche.Inference.Text;

/// <summary>Memory that rankings of one thread use one after the other.</summary>
/// <param name="count">Tokens.</param>
internal sealed class RankingRoom(int count)
{
    private const int Small = 128;
    private readonly ulong[] _unsorted = new ulong[Small];
    private Vector256<float>[] _columns = [];

    /// <summary>One for each token.</summary>
    public ulong[] Keys { get; } = new ulong[count];

    /// <summary>So many numbers, at least 8, eight in each vector.</summary>
    public Span<Vector256<float>> Columns(int count)
    {
        var vectors = count / Vector256<float>.Count;
        if (_columns.Length < vectors) _columns = new Vector256<float>[vectors];
        return _columns.AsSpan(0, vectors);
    }

    /// <summary>Sorts keys that differ, smallest first.</summary>
    public void Sort(int start, int end)
    {
        var keys = Keys.AsSpan(start..end);
        if (keys.Length > Small) keys.Sort();
        else Place(keys);
    }

    // The place of a key is how many are smaller: few are counted sooner than a processor finds out which way each comparison of a sort goes.
    private void Place(Span<ulong> keys)
    {
        keys.CopyTo(_unsorted);
        _unsorted.AsSpan(keys.Length).Fill(ulong.MaxValue);
        var vectors = MemoryMarshal.Cast<ulong, Vector256<ulong>>(_unsorted)[..((keys.Length + Vector256<ulong>.Count - 1) / Vector256<ulong>.Count)];
        for (var i = 0; i < keys.Length; i++)
        {
            var (key, smaller) = (Vector256.Create(_unsorted[i]), Vector256<ulong>.Zero);
            foreach (var vector in vectors) smaller -= Vector256.LessThan(vector, key);
            keys[(int)Vector256.Sum(smaller)] = _unsorted[i];
        }
    }
}
