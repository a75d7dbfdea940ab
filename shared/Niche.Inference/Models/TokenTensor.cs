using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Niche.Inference.Models;

/// <summary>Token ids as a tensor of the integer type that a graph asks for.</summary>
public static class TokenTensor
{
    /// <summary>Copies ids into a tensor of shape [rows, ids.Length / rows].</summary>
    /// <param name="ids">Row-major ids.</param>
    /// <param name="rows">Batch size.</param>
    /// <param name="type">Int32 or Int64, from the session's metadata.</param>
    /// <exception cref="NotSupportedException">The graph wants another type.</exception>
    public static OrtValue Create(ReadOnlySpan<int> ids, int rows, TensorElementType type)
    {
        long[] shape = [rows, ids.Length / rows];
        switch (type)
        {
            case TensorElementType.Int32:
                return OrtValue.CreateTensorValueFromMemory(ids.ToArray(), shape);
            case TensorElementType.Int64:
                var wide = new long[ids.Length];
                for (var i = 0; i < ids.Length; i++) wide[i] = ids[i];
                return OrtValue.CreateTensorValueFromMemory(wide, shape);
            default:
                throw new NotSupportedException($"Token ids of type {type} are not supported; export the graph with int32 or int64 ids.");
        }
    }
}
