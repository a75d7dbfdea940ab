using Niche.TinyModels.Text;

namespace Niche.Inference.Tests.Text;

/// <summary>
/// The tiny models computed a second time, from the papers' formulas, in plain C# loops in double precision: token by token, head by head, without
/// graph, batch, cache or padding. Only the weights are shared.
/// </summary>
internal sealed class PlainDecoder(TinyTextForm form)
{
    private readonly TinyTextWeights _weights = new(form);

    /// <summary>Logits of every place of a text.</summary>
    public double[][] Logits(IReadOnlyList<int> ids)
    {
        var embedding = _weights.Embedding;
        var states = ids.Select(id => embedding.Skip(id * form.Width).Take(form.Width)
            .Select(x => x * (form.ScaledEmbedding ? Math.Sqrt(form.Width) : 1)).ToArray()).ToArray();
        for (var layer = 0; layer < TinyTextForm.Layers; layer++)
        {
            var seen = states.Select(state => Norm(state, $"{layer}.norm")).ToArray();
            var attended = Attention(seen, layer);
            for (var t = 0; t < states.Length; t++)
            {
                var middle = Sum(states[t], attended[t]);
                states[t] = Sum(middle, Mlp(form.Parallel ? seen[t] : Norm(middle, $"{layer}.mlp_norm"), layer));
            }
        }
        return [.. states.Select(state => Head(Norm(state, "norm"), embedding))];
    }

    private double[][] Attention(double[][] seen, int layer)
    {
        var size = form.HeadSize;
        var query = seen.Select((x, t) => Turned(Linear(x, $"{layer}.query", TinyTextForm.Heads * size, form.QueryBias), t)).ToArray();
        var key = seen.Select((x, t) => Turned(Linear(x, $"{layer}.key", TinyTextForm.CacheHeads * size, form.QueryBias), t)).ToArray();
        var value = seen.Select(x => Linear(x, $"{layer}.value", TinyTextForm.CacheHeads * size, form.QueryBias)).ToArray();
        var mixed = new double[seen.Length][];
        for (var t = 0; t < seen.Length; t++)
        {
            mixed[t] = new double[TinyTextForm.Heads * size];
            for (var head = 0; head < TinyTextForm.Heads; head++)
            {
                var shared = head / (TinyTextForm.Heads / TinyTextForm.CacheHeads) * size;
                var scores = Enumerable.Range(0, t + 1)
                    .Select(s => Math.Exp(Enumerable.Range(0, size).Sum(i => query[t][(head * size) + i] * key[s][shared + i]) / Math.Sqrt(size))).ToArray();
                var total = scores.Sum();
                for (var s = 0; s <= t; s++)
                {
                    for (var i = 0; i < size; i++) mixed[t][(head * size) + i] += scores[s] / total * value[s][shared + i];
                }
            }
        }
        return [.. mixed.Select(x => Linear(x, $"{layer}.out", form.Width, form.Bias))];
    }

    // Numbers i and i + half of each head are a point that turns about the origin, by an angle that grows with the place.
    private double[] Turned(double[] heads, int place)
    {
        var half = form.Rotary / 2;
        for (var start = 0; start < heads.Length; start += form.HeadSize)
        {
            for (var i = 0; i < half; i++)
            {
                var point = new System.Numerics.Complex(heads[start + i], heads[start + i + half])
                    * System.Numerics.Complex.FromPolarCoordinates(1, place * Math.Pow(TinyTextForm.RotaryBase, -2.0 * i / form.Rotary));
                (heads[start + i], heads[start + i + half]) = (point.Real, point.Imaginary);
            }
        }
        return heads;
    }

    private double[] Mlp(double[] x, int layer)
    {
        var up = Linear(x, $"{layer}.up", TinyTextForm.Inner, form.Bias);
        var inner = form.Gated
            ? Linear(x, $"{layer}.gate", TinyTextForm.Inner, form.Bias).Select((gate, i) => Activate(gate) * up[i]).ToArray()
            : [.. up.Select(Activate)];
        return Linear(inner, $"{layer}.down", form.Width, form.Bias);
    }

    private double Activate(double x) => form.Activation == "silu"
        ? x / (1 + Math.Exp(-x))
        : x / 2 * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))));

    private double[] Norm(double[] x, string name)
    {
        var weight = _weights.Norm(name);
        var mean = form.Norm == TinyNorm.Layer ? x.Average() : 0;
        var bias = form.Norm == TinyNorm.Layer ? _weights.Bias(name, x.Length) : new float[x.Length];
        var root = Math.Sqrt(x.Average(v => (v - mean) * (v - mean)) + TinyTextForm.Epsilon);
        return [.. x.Select((v, i) => ((v - mean) / root * (weight[i] + (form.Norm == TinyNorm.RmsPlusOne ? 1 : 0))) + bias[i])];
    }

    private double[] Head(double[] x, float[] embedding) => form.Tied
        ? [.. Enumerable.Range(0, form.Vocabulary).Select(word => x.Select((v, i) => v * embedding[(word * x.Length) + i]).Sum())]
        : Linear(x, "head", form.Vocabulary, form.Bias);

    private double[] Linear(double[] x, string name, int columns, bool biased)
    {
        var matrix = _weights.Matrix(name, x.Length, columns);
        var bias = biased ? _weights.Bias(name, columns) : new float[columns];
        return [.. Enumerable.Range(0, columns).Select(column => x.Select((v, row) => v * matrix[(row * columns) + column]).Sum() + bias[column])];
    }

    private static double[] Sum(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];
}
