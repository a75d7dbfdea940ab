using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Niche.Inference.Models;

namespace Niche.Inference.Text;

/// <summary>
/// A text inside a decoder-only graph: its key and value cache, which grows with every call. Belongs to one thread at a time.
/// </summary>
internal sealed class DecoderState : IDisposable
{
    private readonly OnnxGraph _graph;
    private readonly string[] _inputs;
    private readonly string[] _outputs;
    private OrtValue[] _cache;

    public DecoderState(OnnxGraph graph, int layers)
    {
        _graph = graph;
        string[] past = Names("past_key_values", layers);
        string[] present = Names("present", layers);
        _inputs = ["input_ids", "attention_mask", "position_ids", .. past];
        _outputs = ["logits", .. present];
        _cache = Array.ConvertAll(past, Empty);
    }

    /// <summary>Tokens in the cache.</summary>
    public int Length { get; private set; }

    /// <summary>Appends tokens and copies the logits of the last place.</summary>
    public void Append(ReadOnlySpan<int> ids, Span<float> logits, RunClock clock, RunOptions options)
    {
        var total = Length + ids.Length;
        var positions = new int[ids.Length];
        for (var i = 0; i < positions.Length; i++) positions[i] = Length + i;
        var ones = new int[total];
        Array.Fill(ones, 1);
        using var tokens = TokenTensor.Create(ids, 1, _graph.InputType("input_ids"));
        using var mask = TokenTensor.Create(ones, 1, _graph.InputType("attention_mask"));
        using var places = TokenTensor.Create(positions, 1, _graph.InputType("position_ids"));
        var outputs = clock.Run(_graph, options, _inputs, [tokens, mask, places, .. _cache], _outputs);
        outputs[0].GetTensorDataAsSpan<float>()[^logits.Length..].CopyTo(logits);
        outputs[0].Dispose();
        // The new cache is this call's output: the runtime's memory goes back in as it is, without a copy.
        Dispose();
        _cache = [.. outputs.Skip(1)];
        Length = total;
    }

    public void Dispose()
    {
        foreach (var tensor in _cache) tensor.Dispose();
        _cache = [];
    }

    private static string[] Names(string prefix, int layers) =>
        [.. Enumerable.Range(0, layers).SelectMany(i => new[] { $"{prefix}.{i}.key", $"{prefix}.{i}.value" })];

    private OrtValue Empty(string name)
    {
        var shape = Array.ConvertAll(_graph.Session.InputMetadata[name].Dimensions, axis => (long)axis);
        shape[0] = 1;
        shape[2] = 0;
        return OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, shape);
    }
}
