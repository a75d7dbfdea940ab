using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Niche.Inference.Models;

/// <summary>
/// A tensor that ONNX Runtime and the pipeline read and write in one place: a pinned managed array, or page-locked memory where a device copies from.
/// </summary>
/// <typeparam name="T">Element type, such as float or long.</typeparam>
public sealed class HostTensor<T> : IDisposable
    where T : unmanaged
{
    private readonly T[]? _data;

    /// <summary>Allocates a zeroed tensor.</summary>
    /// <param name="shape">Axes, outermost first.</param>
    public HostTensor(params ReadOnlySpan<long> shape)
    {
        long length = 1;
        foreach (var axis in shape) length *= axis;
        _data = GC.AllocateArray<T>(checked((int)length), pinned: true);
        Shape = shape.ToArray();
        Value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _data.AsMemory(), Shape);
    }

    internal HostTensor(OrtAllocator pageLocked, ReadOnlySpan<long> shape)
    {
        Shape = shape.ToArray();
        Value = OrtValue.CreateAllocatedTensorValue(pageLocked, TensorBase.GetTypeInfo(typeof(T)).ElementType, Shape);
        Data.Clear();
    }

    /// <summary>Axes, outermost first.</summary>
    public long[] Shape { get; }

    /// <summary>The runtime's view of the buffer.</summary>
    public OrtValue Value { get; }

    /// <summary>The elements, row-major.</summary>
    public Span<T> Data => _data is null ? Value.GetTensorMutableDataAsSpan<T>() : _data;

    /// <inheritdoc/>
    public void Dispose() => Value.Dispose();
}
