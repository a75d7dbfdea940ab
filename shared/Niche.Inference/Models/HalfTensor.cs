using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Niche.Inference.Models;

/// <summary>The half-precision twin of a tensor of single precision, for graphs that take or give halves.</summary>
internal sealed class HalfTensor : IDisposable
{
    private readonly OrtValue _single;
    private readonly HostTensor<Float16> _half;

    private HalfTensor(OrtValue single) => (_single, _half) = (single, new HostTensor<Float16>(single.GetTensorTypeAndShape().Shape));

    /// <summary>What the graph sees.</summary>
    public OrtValue Value => _half.Value;

    /// <summary>Makes a twin where a graph's type asks for one.</summary>
    /// <param name="wanted">Element type of the graph's input or output.</param>
    /// <param name="tensor">What the caller holds.</param>
    /// <returns>Null when the graph takes the tensor as it is.</returns>
    public static HalfTensor? For(TensorElementType wanted, OrtValue tensor) =>
        wanted == TensorElementType.Float16 && tensor.GetTensorTypeAndShape().ElementDataType == TensorElementType.Float ? new HalfTensor(tensor) : null;

    /// <summary>Numbers of a tensor of either precision.</summary>
    public static float[] Read(OrtValue tensor)
    {
        if (tensor.GetTensorTypeAndShape().ElementDataType != TensorElementType.Float16) return tensor.GetTensorDataAsSpan<float>().ToArray();
        var half = MemoryMarshal.Cast<Float16, Half>(tensor.GetTensorDataAsSpan<Float16>());
        var single = new float[half.Length];
        TensorPrimitives.ConvertToSingle(half, single);
        return single;
    }

    /// <summary>Rounds the caller's numbers into the twin; what is beyond 65,504 becomes infinite.</summary>
    public void Narrow() => TensorPrimitives.ConvertToHalf(_single.GetTensorDataAsSpan<float>(), MemoryMarshal.Cast<Float16, Half>(_half.Data));

    /// <summary>Writes the twin's numbers into the caller's tensor.</summary>
    public void Widen() => TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<Float16, Half>(_half.Data), _single.GetTensorMutableDataAsSpan<float>());

    public void Dispose() => _half.Dispose();
}
