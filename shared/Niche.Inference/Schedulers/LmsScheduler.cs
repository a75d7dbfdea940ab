using System.Numerics.Tensors;
using Niche.Inference.Random;

namespace Niche.Inference.Schedulers;

/// <summary>Linear multistep: the slopes of up to four steps, extrapolated by the polynomial through them and integrated exactly.</summary>
internal sealed class LmsScheduler : SigmaScheduler
{
    private const int MaxOrder = 4;

    // Gauss-Legendre nodes and weights on [-1, 1]; three points integrate the cubics exactly.
    private static readonly double[] Nodes = [-Math.Sqrt(0.6), 0, Math.Sqrt(0.6)];
    private static readonly double[] Weights = [5.0 / 9, 8.0 / 9, 5.0 / 9];
    private readonly float[] _sigmas;
    private readonly float[][] _slopes = [[], [], [], []];
    private int _taken;

    public LmsScheduler(SchedulerConfig config, int steps)
        : this(config, NoiseLevels.Continuous(config with { FinalSigma = FinalSigma.Zero }, steps))
    {
    }

    private LmsScheduler(SchedulerConfig config, NoiseLevels levels)
        : base(config, levels.Sigmas, levels.Timesteps) => _sigmas = levels.Sigmas;

    public override void Step(int index, ReadOnlySpan<float> modelOutput, Span<float> sample, INoiseSource noise)
    {
        var slope = Clean(_sigmas[index], sample, modelOutput);
        Derivative(sample, _sigmas[index], slope);
        slope.CopyTo(Scratch(ref _slopes[index % MaxOrder], sample.Length));
        var order = Math.Min(++_taken, MaxOrder);
        for (var back = 0; back < order; back++)
            TensorPrimitives.MultiplyAdd(_slopes[(index - back) % MaxOrder], (float)Coefficient(order, index, back), sample, sample);
    }

    protected override float InputSigma(int index) => _sigmas[index];

    private double Coefficient(int order, int index, int back)
    {
        double from = _sigmas[index], to = _sigmas[index + 1];
        var sum = 0.0;
        for (var i = 0; i < Nodes.Length; i++) sum += Weights[i] * Basis(((from + to) / 2) + (Nodes[i] * (to - from) / 2), order, index, back);
        return sum * (to - from) / 2;
    }

    // Lagrange's polynomial: one at the level of one step, zero at those of the others.
    private double Basis(double sigma, int order, int index, int back)
    {
        var product = 1.0;
        for (var k = 0; k < order; k++)
        {
            if (k != back) product *= (sigma - _sigmas[index - k]) / (_sigmas[index - back] - (double)_sigmas[index - k]);
        }
        return product;
    }
}
