using Microsoft.ML.OnnxRuntime;

namespace Niche.Inference.Models;

/// <summary>The tensors on a device that one captured run reads and writes: it knows them by address, so they outlive the picture they were made for.</summary>
/// <param name="id">The runtime's name for what it captured; -1 for nothing.</param>
/// <param name="form">Names and shapes.</param>
internal sealed class TwinSet(int id, string form) : IDisposable
{
    public int Id => id;

    public string Form => form;

    public Dictionary<string, OrtValue> Tensors { get; } = new(StringComparer.Ordinal);

    public void Dispose()
    {
        foreach (var tensor in Tensors.Values) tensor.Dispose();
    }
}
