using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Models;

namespace Niche.Inference.Embeddings;

/// <summary>One side of a dual encoder: a graph, of which one output is read. Safe to call from many threads.</summary>
internal sealed class EncoderGraph(OnnxGraph graph, string output, IReadOnlyDictionary<string, OrtValue> idle, TimeProvider time)
{
    /// <summary>Embeds one thing.</summary>
    /// <param name="given">Inputs by name.</param>
    /// <param name="cancellation">Stops inside the graph.</param>
    /// <returns>A vector of length 1.</returns>
    public float[] Run(IReadOnlyDictionary<string, OrtValue> given, CancellationToken cancellation)
    {
        string[] names = [.. graph.Session.InputMetadata.Keys];
        // An export that holds both sides wants the inputs of the other one too.
        var values = Array.ConvertAll(names, name => given.TryGetValue(name, out var value) ? value : idle[name]);
        using var run = new CancellableRun(cancellation);
        return run.Do(options =>
        {
            using var outputs = new RunClock(time).RunTyped(graph, options, names, values, [output]);
            return Unit(HalfTensor.Read(outputs[0]));
        });
    }

    // Most exports leave the length to the caller. What has it already stays as it is, to the bit.
    private static float[] Unit(ReadOnlySpan<float> vector)
    {
        float[] unit = [.. vector];
        var length = TensorPrimitives.Norm<float>(unit);
        if (!float.IsFinite(length) || length == 0) throw new InferenceException("embedding_not_finite", "The encoder produced numbers that are not finite.");
        if (MathF.Abs(length - 1) > 1e-3f) TensorPrimitives.Divide(unit, length, unit);
        return unit;
    }
}
