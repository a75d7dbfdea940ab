using System.Numerics.Tensors;
using Niche.Inference.Random;

namespace Niche.Inference.Schedulers;

/// <summary>Euler's method with ancestral noise: below the next level, then back up to it with fresh noise.</summary>
internal sealed class EulerAncestralScheduler : SigmaScheduler
{
    private readonly float[] _sigmas;
    private float[] _noise = [];

    public EulerAncestralScheduler(SchedulerConfig config, int steps)
        : this(config, NoiseLevels.Continuous(config with { FinalSigma = FinalSigma.Zero }, steps))
    {
    }

    private EulerAncestralScheduler(SchedulerConfig config, NoiseLevels levels)
        : base(config, levels.Sigmas, levels.Timesteps) => _sigmas = levels.Sigmas;

    public override void Step(int index, ReadOnlySpan<float> modelOutput, Span<float> sample, INoiseSource noise)
    {
        var sigma = _sigmas[index];
        var split = AncestralSplit.Between(sigma, _sigmas[index + 1]);
        var slope = Clean(sigma, sample, modelOutput);
        Derivative(sample, sigma, slope);
        TensorPrimitives.MultiplyAdd(slope, split.Down - sigma, sample, sample);
        var fresh = Scratch(ref _noise, sample.Length);
        noise.Fill(fresh);
        TensorPrimitives.MultiplyAdd(fresh, split.Up, sample, sample);
    }

    protected override float InputSigma(int index) => _sigmas[index];
}
