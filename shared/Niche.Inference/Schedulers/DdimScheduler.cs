using System.Numerics.Tensors;
using Niche.Inference.Random;

namespace Niche.Inference.Schedulers;

/// <summary>Deterministic DDIM (Song et al., "Denoising Diffusion Implicit Models", equation 12 with eta = 0).</summary>
internal sealed class DdimScheduler(SchedulerConfig config, int steps) : AlphaScheduler(config, NoiseSchedule.Timesteps(config, steps))
{
    private readonly int _stride = config.TrainTimesteps / steps;
    private float[] _epsilon = [];

    public override void Step(int index, ReadOnlySpan<float> modelOutput, Span<float> sample, INoiseSource noise)
    {
        var timestep = (int)Timesteps[index];
        var alpha = Alpha(timestep - _stride);
        if (_epsilon.Length != sample.Length) _epsilon = new float[sample.Length];
        Epsilon(timestep, sample, modelOutput, _epsilon);

        // As diffusers does, the clip moves the clean sample only and leaves epsilon as predicted.
        var clean = Clean(timestep, sample, modelOutput);
        Clip(clean);
        TensorPrimitives.Multiply(clean, (float)Math.Sqrt(alpha), sample);
        TensorPrimitives.MultiplyAdd(_epsilon, (float)Math.Sqrt(1 - alpha), sample, sample);
    }
}
