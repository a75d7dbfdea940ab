using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Niche.Inference.Models;

namespace Niche.Inference.Text;

/// <summary>
/// Texts inside a decoder-only graph, one a row: their key and value cache, which grows with every call. Shorter rows are padded on the left,
/// where the mask hides it, so that all grow at the same end. Belongs to one thread at a time.
/// </summary>
internal sealed class DecoderState : IDisposable
{
    private readonly DecoderGraph _graph;
    private readonly int[] _lengths;
    private OrtValue[] _cache;
    private int _width;
    private DecoderSlots? _slots;

    /// <summary>One empty text.</summary>
    public DecoderState(DecoderGraph graph)
        : this(graph, [0], graph.EmptyCache(), 0)
    {
    }

    private DecoderState(DecoderGraph graph, int[] lengths, OrtValue[] cache, int width) =>
        (_graph, _lengths, _cache, _width) = (graph, lengths, cache, width);

    /// <summary>Number of texts.</summary>
    public int Rows => _lengths.Length;

    /// <summary>A state of rows of other states, in that order; those states stay as they are.</summary>
    /// <param name="graph">The graph of all of them.</param>
    /// <param name="rows">States and rows in them.</param>
    public static DecoderState Gather(DecoderGraph graph, IReadOnlyList<(DecoderState State, int Row)> rows)
    {
        int[] lengths = [.. rows.Select(from => from.State._lengths[from.Row])];
        var (width, first) = (lengths.Max(), rows[0].State._cache);
        var gathered = new DecoderState(graph, lengths, new OrtValue[first.Length], width);
        for (var i = 0; i < first.Length; i++)
        {
            gathered._cache[i] = graph.Allocate(rows.Count, width, first[i].GetTensorTypeAndShape().ElementDataType);
            for (var row = 0; row < rows.Count; row++) gathered.Take(i, row, rows[row].State, rows[row].Row);
        }
        return gathered;
    }

    /// <summary>Reads a text of one row, in parts where its logits would take too much memory, and copies the logits of the last place.</summary>
    /// <param name="ids">At least one token.</param>
    /// <param name="logits">As many numbers of the place as fit.</param>
    /// <param name="clock">Measures the runs.</param>
    /// <param name="options">Carries the caller's wish to stop.</param>
    /// <exception cref="InferenceException">As <see cref="Append"/>.</exception>
    public void Read(ReadOnlySpan<int> ids, Span<float> logits, RunClock clock, RunOptions options)
    {
        for (; ids.Length > _graph.LongestPart; ids = ids[_graph.LongestPart..]) Append(ids[.._graph.LongestPart], 1, logits, clock, options);
        Append(ids, 1, logits, clock, options);
    }

    /// <summary>Appends equally many tokens to every row and copies the logits of the last places. A failure leaves the state as it was.</summary>
    /// <param name="ids">Row after row.</param>
    /// <param name="keep">Places of each row that are wanted.</param>
    /// <param name="logits">Takes as many numbers of each place as fit: rows x keep x the same count.</param>
    /// <param name="clock">Measures the run.</param>
    /// <param name="options">Carries the caller's wish to stop.</param>
    /// <exception cref="InferenceException">The graph failed or gave logits of another shape.</exception>
    public void Append(ReadOnlySpan<int> ids, int keep, Span<float> logits, RunClock clock, RunOptions options)
    {
        var added = ids.Length / Rows;
        var total = _width + added;
        var (mask, positions) = (new int[Rows * total], new int[ids.Length]);
        for (var row = 0; row < Rows; row++)
        {
            mask.AsSpan(row * total, total)[(_width - _lengths[row])..].Fill(1);
            for (var i = 0; i < added; i++) positions[(row * added) + i] = _lengths[row] + i;
        }
        var outputs = _graph.Run(new DecoderStep(ids, mask, positions, Rows, keep, added == 1 ? _slots ??= _graph.Slots(Rows) : null), _cache, clock, options);
        try
        {
            Copy(outputs[0], keep, logits);
        }
        catch
        {
            foreach (var tensor in outputs) tensor.Dispose();
            throw;
        }
        outputs[0].Dispose();
        // The new cache is this call's output: the runtime's memory goes back in as it is, without a copy.
        for (var i = 0; i < _cache.Length; i++)
        {
            _cache[i].Dispose();
            _cache[i] = outputs[i + 1];
        }
        _width = total;
        for (var row = 0; row < Rows; row++) _lengths[row] += added;
    }

    public void Dispose()
    {
        foreach (var tensor in _cache) tensor?.Dispose();
        _cache = [];
        _slots?.Dispose();
    }

    private void Take(int tensor, int row, DecoderState from, int fromRow)
    {
        var (heads, length, padding) = (_graph.Config.CacheHeads, from._lengths[fromRow], _width - from._lengths[fromRow]);
        if (_width == 0) return;
        var target = _cache[tensor].GetTensorMutableRawData();
        var place = target.Length / (Rows * heads * _width);
        for (var head = 0; head < heads; head++)
        {
            var to = target.Slice(((row * heads) + head) * _width * place, _width * place);
            // What the mask hides must still be finite: zero times NaN is NaN.
            to[..(padding * place)].Clear();
            if (length == 0) continue;
            var start = ((((fromRow * heads) + head) * from._width) + from._width - length) * place;
            from._cache[tensor].GetTensorMutableRawData().Slice(start, length * place).CopyTo(to[(padding * place)..]);
        }
    }

    private void Copy(OrtValue tensor, int keep, Span<float> logits)
    {
        var info = tensor.GetTensorTypeAndShape();
        if (info.Shape is not [var rows, var places, var width] || rows != Rows || places < keep || width != _graph.Config.Vocabulary)
            throw new InferenceException("logits_misshapen", $"The graph gave logits of the shape [{string.Join(", ", info.Shape)}].");
        var words = logits.Length / (Rows * keep);
        for (var at = 0; at < Rows * keep; at++)
        {
            var from = (int)(((((at / keep) + 1) * places) - keep + (at % keep)) * width);
            var target = logits.Slice(at * words, words);
            if (info.ElementDataType == TensorElementType.Float) tensor.GetTensorDataAsSpan<float>().Slice(from, words).CopyTo(target);
            else Widen(tensor.GetTensorDataAsSpan<Float16>().Slice(from, words), target);
        }
    }

    private static void Widen(ReadOnlySpan<Float16> half, Span<float> target)
    {
        for (var i = 0; i < target.Length; i++) target[i] = (float)half[i];
    }
}
