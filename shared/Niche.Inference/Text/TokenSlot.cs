using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Niche.Inference.Models;

namespace Niche.Inference.Text;

/// <summary>One token of each row as a tensor that is written again for every step: making one costs a small model a hundredth of its step.</summary>
/// <param name="rows">Rows.</param>
/// <param name="type">Int32 or Int64.</param>
internal sealed class TokenSlot(int rows, TensorElementType type) : IDisposable
{
    private readonly HostTensor<int>? _narrow = type == TensorElementType.Int32 ? new HostTensor<int>(rows, 1) : null;
    private readonly HostTensor<long>? _wide = type == TensorElementType.Int32 ? null : new HostTensor<long>(rows, 1);

    /// <summary>The tensor, [rows, 1].</summary>
    public OrtValue Value => _narrow?.Value ?? _wide!.Value;

    /// <summary>Writes a token for each row.</summary>
    public OrtValue Set(ReadOnlySpan<int> tokens)
    {
        for (var row = 0; row < tokens.Length; row++)
        {
            if (_narrow is not null) _narrow.Data[row] = tokens[row];
            else _wide!.Data[row] = tokens[row];
        }
        return Value;
    }

    public void Dispose()
    {
        _narrow?.Dispose();
        _wide?.Dispose();
    }
}
