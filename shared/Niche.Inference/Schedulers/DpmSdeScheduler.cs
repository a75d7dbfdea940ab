using System.Numerics.Tensors;
using Niche.Inference.Random;

namespace Niche.Inference.Schedulers;

/// <summary>
/// DPM-Solver++ (SDE) of second order: an ancestral half step to the middle of the interval (in log level), then the whole step with what
/// the denoiser said there. The noise of the whole is the sum of that of its halves, as for one Brownian path; it comes from the run's own
/// source, so the same seed gives the same picture.
/// </summary>
internal sealed class DpmSdeScheduler : SigmaScheduler
{
    private readonly float[] _sigmas;
    private float[] _start = [];
    private float[] _firstHalf = [];
    private float[] _secondHalf = [];

    public DpmSdeScheduler(SchedulerConfig config, int steps)
        : this(config, NoiseLevels.Continuous(config with { FinalSigma = FinalSigma.Zero }, steps))
    {
    }

    private DpmSdeScheduler(SchedulerConfig config, NoiseLevels levels)
        : base(config, levels.Sigmas, Woven(config, levels)) => _sigmas = levels.Sigmas;

    public override int IndexOf(int step) => 2 * step;

    public override void Step(int index, ReadOnlySpan<float> modelOutput, Span<float> sample, INoiseSource noise)
    {
        var (from, to) = (_sigmas[index / 2], _sigmas[(index / 2) + 1]);
        var clean = Clean(InputSigma(index), sample, modelOutput);
        if (to == 0)
        {
            clean.CopyTo(sample);
            return;
        }
        var start = Scratch(ref _start, sample.Length);
        var first = Scratch(ref _firstHalf, sample.Length);
        var middle = MathF.Sqrt(from * to);
        if (index % 2 == 0)
        {
            sample.CopyTo(start);
            noise.Fill(first);
            Walk(from, middle, start, clean, first, sample);
            return;
        }
        var second = Scratch(ref _secondHalf, sample.Length);
        noise.Fill(second);
        TensorPrimitives.Multiply(second, MathF.Sqrt((middle - to) / (from - to)), second);
        TensorPrimitives.MultiplyAdd(first, MathF.Sqrt((from - middle) / (from - to)), second, second);
        Walk(from, to, start, clean, second, sample);
    }

    protected override float InputSigma(int index) => index % 2 == 0 ? _sigmas[index / 2] : MathF.Sqrt(_sigmas[index / 2] * _sigmas[(index / 2) + 1]);

    // Exact for a clean sample that does not move: it is mixed in as the level falls.
    private static void Walk(float from, float to, ReadOnlySpan<float> start, ReadOnlySpan<float> clean, ReadOnlySpan<float> noise, Span<float> sample)
    {
        var split = AncestralSplit.Between(from, to);
        var kept = split.Down / from;
        TensorPrimitives.Multiply(start, kept, sample);
        TensorPrimitives.MultiplyAdd(clean, 1 - kept, sample, sample);
        TensorPrimitives.MultiplyAdd(noise, split.Up, sample, sample);
    }

    private static float[] Woven(SchedulerConfig config, NoiseLevels levels)
    {
        var trained = new TrainedSigmas(config);
        var (sigmas, timesteps) = levels;
        var woven = new float[(2 * timesteps.Length) - 1];
        for (var i = 0; i < timesteps.Length; i++) woven[2 * i] = timesteps[i];
        for (var i = 0; i < timesteps.Length - 1; i++) woven[(2 * i) + 1] = (float)trained.TimestepOf(Math.Sqrt((double)sigmas[i] * sigmas[i + 1]));
        return woven;
    }
}
