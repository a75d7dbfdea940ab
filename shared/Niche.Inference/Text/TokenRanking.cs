namespace Niche.Inference.Text;

/// <summary>The vocabulary at one place of a text, likeliest first, with log-probabilities. Reused from place to place.</summary>
internal sealed class TokenRanking(int count)
{
    private readonly float[] _keys = new float[count];
    private readonly int[] _ids = new int[count];
    private readonly double[] _logprobs = new double[count];

    public ReadOnlySpan<int> Ids => _ids;

    /// <summary>Sorts logits. Sums in double precision and in rank order, so that seeded sampling repeats on other machines.</summary>
    public void Rank(ReadOnlySpan<float> logits)
    {
        for (var i = 0; i < _keys.Length; i++) (_keys[i], _ids[i]) = (-logits[i], i);
        _keys.AsSpan().Sort(_ids.AsSpan());
        var sum = 0.0;
        for (var i = 0; i < _keys.Length; i++) sum += Math.Exp(_keys[0] - (double)_keys[i]);
        var log = Math.Log(sum);
        for (var i = 0; i < _keys.Length; i++) _logprobs[i] = _keys[0] - (double)_keys[i] - log;
    }

    public double Logprob(int rank) => _logprobs[rank];

    /// <summary>Draws a rank; <paramref name="uniform"/> lies in [0, 1).</summary>
    public int Sample(double uniform, double temperature, int topK, double topP)
    {
        if (temperature <= 0) return 0;
        var kept = topK > 0 ? Math.Min(topK, _ids.Length) : _ids.Length;
        var mass = Mass(kept, temperature);
        kept = Nucleus(kept, temperature, topP * mass);
        var target = uniform * Mass(kept, temperature);
        var seen = 0.0;
        for (var i = 0; i < kept; i++)
        {
            seen += Weight(i, temperature);
            if (target < seen) return i;
        }
        return kept - 1;
    }

    private double Weight(int rank, double temperature) => Math.Exp((_logprobs[rank] - _logprobs[0]) / temperature);

    private double Mass(int kept, double temperature)
    {
        var sum = 0.0;
        for (var i = 0; i < kept; i++) sum += Weight(i, temperature);
        return sum;
    }

    private int Nucleus(int kept, double temperature, double mass)
    {
        var sum = 0.0;
        for (var i = 0; i < kept; i++)
        {
            sum += Weight(i, temperature);
            if (sum >= mass) return i + 1;
        }
        return kept;
    }
}
