using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Niche.Inference.Models;

/// <summary>Numbers in the type that a graph asks for: exporters write labels and sizes as whole numbers or not.</summary>
internal static class TypedTensor
{
    /// <summary>A copy as whole numbers.</summary>
    /// <param name="value">Floats.</param>
    /// <param name="type">What the graph asks for.</param>
    /// <returns>Null when it asks for no whole numbers.</returns>
    public static OrtValue? Of(OrtValue value, TensorElementType type) => type switch
    {
        TensorElementType.Int64 => Of(value, static number => (long)number),
        TensorElementType.Int32 => Of(value, static number => (int)number),
        _ => null,
    };

    private static OrtValue Of<T>(OrtValue value, Converter<float, T> convert)
        where T : unmanaged =>
        OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(value.GetTensorDataAsSpan<float>().ToArray(), convert), value.GetTensorTypeAndShape().Shape);
}
