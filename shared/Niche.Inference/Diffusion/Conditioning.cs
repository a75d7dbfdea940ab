using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Models;

namespace Niche.Inference.Diffusion;

/// <summary>What a denoiser is told besides latents and timestep, by input name.</summary>
/// <param name="rows">Pictures in the batch: the negative prompt's first where a run is guided.</param>
internal sealed class Conditioning(int rows) : IDisposable
{
    private readonly List<(string Name, HostTensor<float> Tensor, bool Shared)> _inputs = [];

    public int Rows => rows;

    public IEnumerable<(string Name, OrtValue Value)> Inputs => _inputs.Select(input => (input.Name, input.Tensor.Value));

    /// <summary>Adds an input with one part for each row.</summary>
    public Conditioning With(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) => Add(name, values, shape, shared: false);

    /// <summary>Adds an input that all rows share.</summary>
    public Conditioning WithShared(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) => Add(name, values, shape, shared: true);

    /// <summary>The conditioning of one row alone.</summary>
    public Conditioning Row(int row)
    {
        var one = new Conditioning(1);
        foreach (var (name, tensor, shared) in _inputs)
        {
            var length = tensor.Data.Length / rows;
            if (shared) one.WithShared(name, tensor.Data, tensor.Shape);
            else one.With(name, tensor.Data.Slice(row * length, length), [1, .. tensor.Shape[1..]]);
        }
        return one;
    }

    public void Dispose()
    {
        foreach (var (_, tensor, _) in _inputs) tensor.Dispose();
    }

    private Conditioning Add(string name, ReadOnlySpan<float> values, ReadOnlySpan<long> shape, bool shared)
    {
        var tensor = new HostTensor<float>(shape);
        values.CopyTo(tensor.Data);
        _inputs.Add((name, tensor, shared));
        return this;
    }
}
