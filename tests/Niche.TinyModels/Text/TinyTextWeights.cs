using Niche.TinyModels.Onnx;

namespace Niche.TinyModels.Text;

/// <summary>The weights of a tiny model: the graph is made of them, and a plain computation in the tests reads the same ones.</summary>
public sealed class TinyTextWeights(TinyTextForm form)
{
    private readonly Dictionary<string, float[]> _made = new(StringComparer.Ordinal);

    public float[] Embedding => Random("embedding", form.EmbeddingScale, form.Vocabulary * form.Width);

    /// <summary>A matrix, row-major, that a row vector is multiplied with from the left.</summary>
    public float[] Matrix(string name, int rows, int columns) => Random(name, 1.6f / MathF.Sqrt(rows), rows * columns);

    public float[] Bias(string name, int count) => Random($"{name}.bias", 0.3f, count);

    /// <summary>Weight of a norm: near 1, or near 0 where 1 is added.</summary>
    public float[] Norm(string name)
    {
        var random = Random($"{name}.weight", 0.4f, form.Width);
        return form.Norm == TinyNorm.RmsPlusOne ? random : Array.ConvertAll(random, value => 1 + value);
    }

    private float[] Random(string name, float scale, int count)
    {
        if (!_made.TryGetValue(name, out var values)) _made[name] = values = GraphBuilder.Random($"{form.Family}/{name}", scale, count);
        return values;
    }
}
