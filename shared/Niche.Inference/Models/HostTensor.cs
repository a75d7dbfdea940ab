using Microsoft.ML.OnnxRuntime;

namespace Niche.Inference.Models;

/// <summary>A tensor over one pinned managed buffer: ONNX Runtime reads and writes the very array that the pipeline computes on.</summary>
/// <typeparam name="T">Element type, such as float or long.</typeparam>
public sealed class HostTensor<T> : IDisposable
    where T : unmanaged
{
    private readonly T[] _data;

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

    /// <summary>Axes, outermost first.</summary>
    public long[] Shape { get; }

    /// <summary>The runtime's view of the buffer.</summary>
    public OrtValue Value { get; }

    /// <summary>The elements, row-major.</summary>
    public Span<T> Data => _data;

    /// <summary>The elements, for callers that keep them beyond this stack frame.</summary>
    public ReadOnlyMemory<T> Memory => _data;

    /// <inheritdoc/>
    public void Dispose() => Value.Dispose();
}
