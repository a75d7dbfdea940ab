using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Niche.Inference.Models;

namespace Niche.Inference.Text;

/// <summary>
/// Masks of a text by itself, which hide nothing: all texts of a length share one, as making a tensor costs a third of a percent of a small model's step.
/// Safe to use from many threads.
/// </summary>
/// <param name="type">What the graph asks for.</param>
internal sealed class WholeMasks(TensorElementType type) : IDisposable
{
    // Together a quarter of a megabyte; a step of a longer text costs so much that its mask does not count.
    private const int Longest = 256;
    private readonly InputTensor?[] _masks = new InputTensor?[Longest + 1];

    /// <summary>Ones in a row; null for a text that is too long to keep them.</summary>
    /// <param name="length">Tokens.</param>
    public OrtValue? Of(int length)
    {
        if (length > Longest) return null;
        if (_masks[length] is { } known) return known.Value;
        var ones = new int[length];
        Array.Fill(ones, 1);
        var made = InputTensor.Of<int>(type, ones, 1, length);
        if (Interlocked.CompareExchange(ref _masks[length], made, null) is not { } first) return made.Value;
        made.Dispose();
        return first.Value;
    }

    public void Dispose()
    {
        foreach (var mask in _masks) mask?.Dispose();
    }
}
