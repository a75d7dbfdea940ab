using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Models;

namespace Niche.Inference.Text;

/// <summary>What goes into a decoder-only graph besides its caches, in tensors that stay from step to step.</summary>
internal sealed class DecoderInputs : IDisposable
{
    private readonly InputTensor _ids;
    private readonly InputTensor _mask;
    private readonly WholeMasks _whole;
    private readonly InputTensor? _positions;
    private readonly InputTensor? _keep;
    private readonly long[] _keepShape;
    private int[] _numbers = [];

    /// <summary>Inputs of a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="keep">Its input for the number of places that get logits; null when it has none.</param>
    /// <param name="whole">Masks that hide nothing.</param>
    public DecoderInputs(OnnxGraph graph, string? keep, WholeMasks whole)
    {
        _whole = whole;
        InputTensor? Optional(string? name) => name is not null && graph.Session.InputMetadata.ContainsKey(name) ? new InputTensor(graph.InputType(name)) : null;
        (_ids, _mask) = (new InputTensor(graph.InputType(DecoderNames.Ids)), new InputTensor(graph.InputType(DecoderNames.Mask)));
        (_positions, _keep) = (Optional(DecoderNames.Positions), Optional(keep));
        _keepShape = keep is null || graph.Session.InputMetadata[keep].Dimensions.Length == 0 ? [] : [1];
    }

    /// <summary>Writes a step of equally many new tokens for each row.</summary>
    /// <param name="ids">Tokens, row after row.</param>
    /// <param name="lengths">Length of each row before them.</param>
    /// <param name="width">Width of the cache; shorter rows are padded on the left.</param>
    /// <param name="keep">Places at the end of each row whose logits are wanted.</param>
    /// <param name="values">Takes the tensors, tokens, mask, then positions and the number of places where the graph has them.</param>
    public void Write(ReadOnlySpan<int> ids, ReadOnlySpan<int> lengths, int width, int keep, Span<OrtValue> values)
    {
        var (rows, added, at) = (lengths.Length, ids.Length / lengths.Length, 0);
        values[at++] = _ids.Set(ids, rows, added);
        values[at++] = (rows == 1 && lengths[0] == width ? _whole.Of(width + added) : null) ?? Mask(lengths, width, width + added);
        if (_positions is not null)
        {
            var positions = Room(ids.Length);
            for (var i = 0; i < ids.Length; i++) positions[i] = lengths[i / added] + (i % added);
            values[at++] = _positions.Set<int>(positions, rows, added);
        }
        if (_keep is not null) values[at] = _keep.Set([keep], _keepShape);
    }

    public void Dispose()
    {
        _ids.Dispose();
        _mask.Dispose();
        _positions?.Dispose();
        _keep?.Dispose();
    }

    private OrtValue Mask(ReadOnlySpan<int> lengths, int width, int total)
    {
        var mask = Room(lengths.Length * total);
        mask.Fill(1);
        for (var row = 0; row < lengths.Length; row++) mask.Slice(row * total, width - lengths[row]).Clear();
        return _mask.Set<int>(mask, lengths.Length, total);
    }

    private Span<int> Room(int count)
    {
        if (_numbers.Length < count) _numbers = new int[2 * count];
        return _numbers.AsSpan(0, count);
    }
}
