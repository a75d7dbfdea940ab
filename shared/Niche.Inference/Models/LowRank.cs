namespace Niche.Inference.Models;

/// <summary>A change of one module's weights as a product of two thin matrices, times alpha over the rank.</summary>
internal sealed class LowRank
{
    private readonly float[] _down;
    private readonly float[] _up;
    private readonly float _factor;
    private readonly int _rank;

    private LowRank(float[] down, float[] up, int rank, float factor) => (_down, _up, _rank, _factor) = (down, up, rank, factor);

    /// <exception cref="FormatException">The two do not fit together.</exception>
    public static LowRank Of(string name, (long[] Shape, float[] Values) down, (long[] Shape, float[] Values) up, float? alpha)
    {
        var rank = down.Shape.Length > 0 ? (int)down.Shape[0] : 0;
        if (rank < 1 || up.Shape.Length < 2 || up.Shape[1] != rank || up.Values.Length != up.Shape[0] * rank)
            throw new FormatException($"{name}: the two matrices do not fit together");
        return new LowRank(down.Values, up.Values, rank, (alpha ?? rank) / rank);
    }

    /// <summary>Adds the change in place.</summary>
    /// <param name="weights">[out, in] (a convolution: [out, in, height, width]), or the other way round.</param>
    /// <param name="transposed">Whether they are [in, out].</param>
    /// <param name="scale">How much of the change.</param>
    public void AddTo(OnnxTensor weights, bool transposed, float scale)
    {
        var (rows, columns) = (_up.Length / _rank, _down.Length / _rank);
        if ((long)rows * columns != weights.Values.Length || weights.Shape.Length < 2 || weights.Shape[transposed ? 1 : 0] != rows)
            throw new FormatException($"{weights.Name} has the shape {string.Join("x", weights.Shape)}; the LoRA changes {rows} by {columns}");
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var sum = 0f;
                for (var k = 0; k < _rank; k++) sum += _up[(row * _rank) + k] * _down[(k * columns) + column];
                weights.Values[transposed ? (column * rows) + row : (row * columns) + column] += scale * _factor * sum;
            }
        }
    }
}
