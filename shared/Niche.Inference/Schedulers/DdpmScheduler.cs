using System.Numerics.Tensors;
using Niche.Inference.Random;

namespace Niche.Inference.Schedulers;

/// <summary>Ancestral sampling of Ho et al., "Denoising Diffusion Probabilistic Models", equations 6 and 7, over a part of the timesteps.</summary>
internal sealed class DdpmScheduler(SchedulerConfig config, int steps)
    : AlphaScheduler(config with { SetAlphaToOne = true }, NoiseSchedule.Timesteps(config, steps))
{
    private const double LeastVariance = 1e-20;
    private float[] _noise = [];

    public override void Step(int index, ReadOnlySpan<float> modelOutput, Span<float> sample, INoiseSource noise)
    {
        var timestep = (int)Timesteps[index];
        var (alpha, before) = (Alpha(timestep), Alpha(index + 1 < Timesteps.Length ? (int)Timesteps[index + 1] : -1));
        var beta = 1 - (alpha / before);
        var clean = Clean(timestep, sample, modelOutput);
        Clip(clean);
        TensorPrimitives.Multiply(sample, (float)(Math.Sqrt(alpha / before) * (1 - before) / (1 - alpha)), sample);
        TensorPrimitives.MultiplyAdd(clean, (float)(Math.Sqrt(before) * beta / (1 - alpha)), sample, sample);
        if (timestep == 0) return;
        if (_noise.Length != sample.Length) _noise = new float[sample.Length];
        noise.Fill(_noise);
        var variance = Config.VarianceType == VarianceType.FixedLarge ? beta : Math.Max(LeastVariance, (1 - before) / (1 - alpha) * beta);
        TensorPrimitives.MultiplyAdd(_noise, (float)Math.Sqrt(variance), sample, sample);
    }
}
