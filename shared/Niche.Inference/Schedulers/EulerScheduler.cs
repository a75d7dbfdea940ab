using System.Numerics.Tensors;
using Niche.Inference.Random;

namespace Niche.Inference.Schedulers;

/// <summary>Euler's method over the noise levels (Karras et al., "Elucidating the Design Space", algorithm 1 without churn).</summary>
internal sealed class EulerScheduler : SigmaScheduler
{
    private readonly float[] _sigmas;

    public EulerScheduler(SchedulerConfig config, int steps)
        : this(config, NoiseLevels.Continuous(config, steps))
    {
    }

    private EulerScheduler(SchedulerConfig config, NoiseLevels levels)
        : base(config, levels.Sigmas, levels.Timesteps) => _sigmas = levels.Sigmas;

    public override void Step(int index, ReadOnlySpan<float> modelOutput, Span<float> sample, INoiseSource noise)
    {
        var slope = Clean(_sigmas[index], sample, modelOutput);
        Derivative(sample, _sigmas[index], slope);
        TensorPrimitives.MultiplyAdd(slope, _sigmas[index + 1] - _sigmas[index], sample, sample);
    }

    protected override float InputSigma(int index) => _sigmas[index];
}
