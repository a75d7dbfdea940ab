using System.Numerics.Tensors;
using Niche.Inference.Random;

namespace Niche.Inference.Schedulers;

/// <summary>
/// DPM-Solver-2 of Karras et al. (algorithm 2): a slope at a level between two, used for the whole way from one to the other. The ancestral
/// form walks below the next level and comes back up with fresh noise.
/// </summary>
internal sealed class Kdpm2Scheduler : SigmaScheduler
{
    private readonly bool _ancestral;
    private readonly float[] _sigmas;
    private readonly float[] _between;
    private float[] _start = [];
    private float[] _noise = [];

    public Kdpm2Scheduler(SchedulerConfig config, int steps, bool ancestral)
        : this(config, NoiseLevels.Continuous(config with { FinalSigma = FinalSigma.Zero }, steps, wholeKarrasTimesteps: true), ancestral)
    {
    }

    private Kdpm2Scheduler(SchedulerConfig config, NoiseLevels levels, bool ancestral)
        : this(config, levels, Between(levels.Sigmas, ancestral), ancestral)
    {
    }

    private Kdpm2Scheduler(SchedulerConfig config, NoiseLevels levels, float[] between, bool ancestral)
        : base(config, levels.Sigmas, Woven(config, levels.Timesteps, between)) =>
        (_sigmas, _between, _ancestral) = (levels.Sigmas, between, ancestral);

    public override int IndexOf(int step) => 2 * step;

    public override void Step(int index, ReadOnlySpan<float> modelOutput, Span<float> sample, INoiseSource noise)
    {
        var (from, to, between) = (_sigmas[index / 2], _sigmas[(index / 2) + 1], _between[index / 2]);
        var slope = Clean(InputSigma(index), sample, modelOutput);
        Derivative(sample, InputSigma(index), slope);
        var start = Scratch(ref _start, sample.Length);
        if (index % 2 == 0)
        {
            sample.CopyTo(start);
            TensorPrimitives.MultiplyAdd(slope, between - from, sample, sample);
            return;
        }
        var split = _ancestral ? AncestralSplit.Between(from, to) : new AncestralSplit(to, 0);
        TensorPrimitives.MultiplyAdd(slope, split.Down - from, start, sample);
        if (!_ancestral) return;
        var fresh = Scratch(ref _noise, sample.Length);
        noise.Fill(fresh);
        TensorPrimitives.MultiplyAdd(fresh, split.Up, sample, sample);
    }

    protected override float InputSigma(int index) => index % 2 == 0 ? _sigmas[index / 2] : _between[index / 2];

    // The geometric mean of a level and the one that is walked to; the last step goes straight to zero.
    private static float[] Between(float[] sigmas, bool ancestral)
    {
        var between = new float[sigmas.Length - 1];
        for (var i = 0; i < between.Length - 1; i++)
        {
            var to = ancestral ? AncestralSplit.Between(sigmas[i], sigmas[i + 1]).Down : sigmas[i + 1];
            between[i] = MathF.Exp((MathF.Log(sigmas[i]) + MathF.Log(to)) / 2);
        }
        return between;
    }

    private static float[] Woven(SchedulerConfig config, float[] timesteps, float[] between)
    {
        var trained = new TrainedSigmas(config);
        var woven = new float[(2 * timesteps.Length) - 1];
        for (var i = 0; i < timesteps.Length; i++) woven[2 * i] = timesteps[i];
        for (var i = 0; i < timesteps.Length - 1; i++) woven[(2 * i) + 1] = (float)trained.TimestepOf(between[i]);
        return woven;
    }
}
