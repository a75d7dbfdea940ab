using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Models;

namespace Niche.Inference.Diffusion;

/// <summary>What a denoiser is told besides latents and timestep, by input name.</summary>
/// <param name="rows">Rows of the batch: those of negative prompts first where a run is guided.</param>
/// <param name="negatives">Rows of negative prompts; null where the rows are one picture's.</param>
internal sealed class Conditioning(int rows, int? negatives = null) : IDisposable
{
    /// <summary>Name of the text's tokens where others follow them; no graph has it.</summary>
    public const string Words = "words alone";

    private readonly List<(string Name, HostTensor<float> Tensor, bool Shared)> _inputs = [];

    public int Rows => rows;

    /// <summary>How many of the first rows are negative prompts'.</summary>
    public int Negatives => negatives ?? rows / 2;

    public IEnumerable<(string Name, OrtValue Value)> Inputs => _inputs.Select(input => (input.Name, input.Tensor.Value));

    /// <summary>Names and shapes: only conditionings of an equal form can be joined.</summary>
    public string Form => string.Join(';', _inputs.Select(input => $"{input.Name} {string.Join(' ', input.Tensor.Shape)} {input.Shared}"));

    /// <summary>One conditioning for several pictures of an equal form: the first rows of all, then the second rows.</summary>
    public static Conditioning Join(IReadOnlyList<Conditioning> parts)
    {
        var (first, joined) = (parts[0], new Conditioning(parts[0].Rows * parts.Count, parts[0].Negatives * parts.Count));
        for (var i = 0; i < first._inputs.Count; i++)
        {
            var (name, tensor, shared) = first._inputs[i];
            if (shared)
            {
                joined.WithShared(name, tensor.Data, tensor.Shape);
                continue;
            }
            var length = tensor.Data.Length / first.Rows;
            var values = new float[length * joined.Rows];
            for (var row = 0; row < joined.Rows; row++)
                parts[row % parts.Count]._inputs[i].Tensor.Data.Slice(row / parts.Count * length, length).CopyTo(values.AsSpan(row * length));
            joined.With(name, values, [joined.Rows, .. tensor.Shape[1..]]);
        }
        return joined;
    }

    /// <summary>Adds an input with one part for each row.</summary>
    public Conditioning With(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) => Add(name, values, shape, shared: false);

    /// <summary>Adds an input that all rows share.</summary>
    public Conditioning WithShared(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) => Add(name, values, shape, shared: true);

    /// <summary>Puts more tokens after those of every row. What they were before stays under <see cref="Words"/>, for who must not see the others.</summary>
    public void Lengthen(string name, ReadOnlySpan<float> more, int tokens)
    {
        var at = _inputs.FindIndex(input => input.Name == name);
        var (_, tensor, _) = _inputs[at];
        var (before, after, all) = (tensor.Data.Length / rows, more.Length / rows, new float[tensor.Data.Length + more.Length]);
        for (var row = 0; row < rows; row++)
        {
            tensor.Data.Slice(row * before, before).CopyTo(all.AsSpan(row * (before + after)));
            more.Slice(row * after, after).CopyTo(all.AsSpan((row * (before + after)) + before));
        }
        _inputs[at] = (Words, tensor, false);
        With(name, all, tensor.Shape[0], tensor.Shape[1] + tokens, tensor.Shape[2]);
    }

    /// <summary>The conditioning of some rows alone.</summary>
    public Conditioning Part(int start, int count)
    {
        var part = new Conditioning(count, Math.Clamp(Negatives - start, 0, count));
        foreach (var (name, tensor, shared) in _inputs)
        {
            var length = tensor.Data.Length / rows;
            if (shared) part.WithShared(name, tensor.Data, tensor.Shape);
            else part.With(name, tensor.Data.Slice(start * length, count * length), [count, .. tensor.Shape[1..]]);
        }
        return part;
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
