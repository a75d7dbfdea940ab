using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Niche.Inference.Models;

/// <summary>
/// An input of a graph in the type that it asks for: exporters write tokens, places, timesteps and sizes as whole numbers of either length or as floats.
/// It is written again and again; memory and the runtime's view of it stay as long as they fit. Halves are left to what rounds them for a run.
/// </summary>
/// <param name="type">Int32, Int64, Float or Float16, from the session's metadata.</param>
internal sealed class InputTensor(TensorElementType type) : IDisposable
{
    private Array? _numbers;
    private OrtValue? _value;
    private long[] _shape = [];

    /// <summary>A tensor of these numbers.</summary>
    /// <param name="type">What the graph asks for.</param>
    /// <param name="numbers">Row-major.</param>
    /// <param name="shape">Axes, outermost first.</param>
    /// <exception cref="NotSupportedException">As <see cref="Set"/>.</exception>
    public static InputTensor Of<T>(TensorElementType type, ReadOnlySpan<T> numbers, params ReadOnlySpan<long> shape)
        where T : unmanaged, INumberBase<T>
    {
        var tensor = new InputTensor(type);
        tensor.Set(numbers, shape);
        return tensor;
    }

    /// <summary>What was set last.</summary>
    public OrtValue Value => _value ?? throw new InvalidOperationException("Nothing was set.");

    /// <summary>Writes numbers; what a whole number cannot hold of them is cut off.</summary>
    /// <param name="numbers">Row-major.</param>
    /// <param name="shape">Axes, outermost first.</param>
    /// <returns>The tensor, valid until numbers of another shape are set.</returns>
    /// <exception cref="NotSupportedException">The graph wants another type.</exception>
    public OrtValue Set<T>(ReadOnlySpan<T> numbers, params ReadOnlySpan<long> shape)
        where T : unmanaged, INumberBase<T>
    {
        switch (type)
        {
            case TensorElementType.Int32:
                TensorPrimitives.ConvertTruncating(numbers, Room<int>(numbers.Length, shape));
                break;
            case TensorElementType.Int64:
                TensorPrimitives.ConvertTruncating(numbers, Room<long>(numbers.Length, shape));
                break;
            case TensorElementType.Float or TensorElementType.Float16:
                TensorPrimitives.ConvertTruncating(numbers, Room<float>(numbers.Length, shape));
                break;
            default:
                throw new NotSupportedException($"Inputs of type {type} are not supported; export the graph with int32, int64 or float.");
        }
        return Value;
    }

    /// <summary>Writes one number everywhere.</summary>
    public void Fill(float number)
    {
        if (_numbers is float[] real) Array.Fill(real, number);
        else if (_numbers is long[] wide) Array.Fill(wide, (long)number);
        else if (_numbers is int[] narrow) Array.Fill(narrow, (int)number);
    }

    public void Dispose() => _value?.Dispose();

    private Span<T> Room<T>(int length, ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        if (_numbers is not T[] numbers || numbers.Length < length)
        {
            // What grows by one in every step finds room for many.
            _numbers = numbers = GC.AllocateUninitializedArray<T>(_numbers is null ? length : 2 * length, pinned: true);
            _value?.Dispose();
            _value = null;
        }
        if (_value is null || !shape.SequenceEqual(_shape))
        {
            _value?.Dispose();
            _value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, MemoryMarshal.CreateFromPinnedArray(numbers, 0, numbers.Length), _shape = shape.ToArray());
        }
        return numbers.AsSpan(0, length);
    }
}
