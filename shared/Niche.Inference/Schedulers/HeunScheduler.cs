using System.Numerics.Tensors;
using Niche.Inference.Random;

namespace Niche.Inference.Schedulers;

/// <summary>Heun's method over the noise levels: Euler to the next level, then again with the mean of both slopes (Karras et al., algorithm 1).</summary>
internal sealed class HeunScheduler : SigmaScheduler
{
    private readonly float[] _sigmas;
    private readonly float? _clip;
    private float[] _start = [];
    private float[] _slope = [];

    public HeunScheduler(SchedulerConfig config, int steps)
        : this(config, NoiseLevels.Continuous(config with { FinalSigma = FinalSigma.Zero }, steps))
    {
    }

    private HeunScheduler(SchedulerConfig config, NoiseLevels levels)
        : base(config, levels.Sigmas, Twice(levels.Timesteps)) =>
        (_sigmas, _clip) = (levels.Sigmas, config.ClipSample ? (float)config.ClipSampleRange : null);

    public override int IndexOf(int step) => 2 * step;

    public override void Step(int index, ReadOnlySpan<float> modelOutput, Span<float> sample, INoiseSource noise)
    {
        var (from, to) = (_sigmas[index / 2], _sigmas[(index / 2) + 1]);
        var slope = Clean(InputSigma(index), sample, modelOutput);
        if (_clip is { } bound)
        {
            TensorPrimitives.Min(slope, bound, slope);
            TensorPrimitives.Max(slope, -bound, slope);
        }
        Derivative(sample, InputSigma(index), slope);
        var start = Scratch(ref _start, sample.Length);
        var first = Scratch(ref _slope, sample.Length);
        if (index % 2 == 0)
        {
            sample.CopyTo(start);
            slope.CopyTo(first);
        }
        else
        {
            TensorPrimitives.Add(first, slope, slope);
            TensorPrimitives.Divide(slope, 2f, slope);
        }
        TensorPrimitives.MultiplyAdd(slope, to - from, start, sample);
    }

    protected override float InputSigma(int index) => _sigmas[(index + 1) / 2];

    private static float[] Twice(float[] timesteps) => [timesteps[0], .. timesteps.Skip(1).SelectMany(t => new[] { t, t })];
}
