using System.Numerics.Tensors;
using System.Runtime.InteropServices;
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
    private readonly DecoderInputs _inputs;
    private readonly OrtValue[] _values;
    private OrtValue? _logits;
    private int _kept;
    private float[] _widened = [];

    /// <summary>One empty text.</summary>
    public DecoderState(DecoderGraph graph)
        : this(graph, [0], graph.EmptyCache(), 0)
    {
    }

    private DecoderState(DecoderGraph graph, int[] lengths, OrtValue[] cache, int width) =>
        (_graph, _lengths, _cache, _width, _inputs, _values) = (graph, lengths, cache, width, graph.Inputs(), new OrtValue[graph.InputCount]);

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

    /// <summary>Reads a text of one row, in parts where its logits would take too much memory, and keeps the logits of the last place.</summary>
    /// <param name="ids">At least one token.</param>
    /// <param name="clock">Measures the runs.</param>
    /// <param name="options">Carries the caller's wish to stop.</param>
    /// <exception cref="InferenceException">As <see cref="Append"/>.</exception>
    public void Read(ReadOnlySpan<int> ids, RunClock clock, RunOptions options)
    {
        for (; ids.Length > _graph.LongestPart; ids = ids[_graph.LongestPart..]) Append(ids[.._graph.LongestPart], 1, clock, options);
        Append(ids, 1, clock, options);
    }

    /// <summary>Appends equally many tokens to every row. A failure leaves the texts as they were.</summary>
    /// <param name="ids">Row after row.</param>
    /// <param name="keep">Places at the end of each row whose logits are wanted.</param>
    /// <param name="clock">Measures the run.</param>
    /// <param name="options">Carries the caller's wish to stop.</param>
    /// <exception cref="InferenceException">The graph failed.</exception>
    public void Append(ReadOnlySpan<int> ids, int keep, RunClock clock, RunOptions options)
    {
        _logits?.Dispose();
        _logits = null;
        _inputs.Write(ids, _lengths, _width, keep, _values);
        _cache.CopyTo(_values, _values.Length - _cache.Length);
        var outputs = _graph.Run(_values, clock, options);
        (_logits, _kept) = (outputs[0], keep);
        // The new cache is this call's output: the runtime's memory goes back in as it is, without a copy.
        for (var i = 0; i < _cache.Length; i++)
        {
            _cache[i].Dispose();
            _cache[i] = outputs[i + 1];
        }
        var added = ids.Length / Rows;
        _width += added;
        for (var row = 0; row < Rows; row++) _lengths[row] += added;
    }

    /// <summary>Logits of a place that the last call kept, where the runtime left them: valid until the next call.</summary>
    /// <param name="row">Row.</param>
    /// <param name="place">Place among those that were kept.</param>
    /// <exception cref="InferenceException">The graph gave logits of another shape.</exception>
    public ReadOnlySpan<float> Logits(int row, int place = 0)
    {
        if (!_graph.HasHalfLogits) return Place(_logits!.GetTensorDataAsSpan<float>(), row, place);
        var half = MemoryMarshal.Cast<Float16, Half>(Place(_logits!.GetTensorDataAsSpan<Float16>(), row, place));
        if (_widened.Length == 0) _widened = new float[half.Length];
        TensorPrimitives.ConvertToSingle(half, _widened);
        return _widened;
    }

    public void Dispose()
    {
        foreach (var tensor in _cache) tensor?.Dispose();
        _cache = [];
        _logits?.Dispose();
        _inputs.Dispose();
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

    private ReadOnlySpan<T> Place<T>(ReadOnlySpan<T> logits, int row, int place)
    {
        var width = _graph.Config.Vocabulary;
        var places = logits.Length / (Rows * width);
        return places >= _kept && logits.Length == Rows * places * width
            ? logits.Slice((((row + 1) * places) - _kept + place) * width, width)
            : throw new InferenceException("logits_misshapen", $"The graph gave {logits.Length} logits for {Rows} x {_kept} places of {width}.");
    }
}
