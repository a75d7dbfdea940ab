using System.Numerics.Tensors;
using Niche.Inference.Random;

namespace Niche.Inference.Schedulers;

/// <summary>Multistep sampling of latent consistency models (Luo et al., "Latent Consistency Models", algorithm 3).</summary>
internal sealed class LcmScheduler(SchedulerConfig config, int steps) : AlphaScheduler(config, DistilledTimesteps.Of(config, steps))
{
    // Standard deviation of the data in the boundary condition of consistency models.
    private const double DataSigma = 0.5;
    private float[] _noise = [];

    public override void Step(int index, ReadOnlySpan<float> modelOutput, Span<float> sample, INoiseSource noise)
    {
        var timestep = (int)Timesteps[index];
        var scaled = timestep * Config.TimestepScaling;
        var power = (scaled * scaled) + (DataSigma * DataSigma);
        var clean = Clean(timestep, sample, modelOutput);
        Clip(clean);
        TensorPrimitives.Multiply(sample, (float)(DataSigma * DataSigma / power), sample);
        TensorPrimitives.MultiplyAdd(clean, (float)(scaled / Math.Sqrt(power)), sample, sample);
        if (index + 1 == Timesteps.Length) return;
        var alpha = Alpha((int)Timesteps[index + 1]);
        if (_noise.Length != sample.Length) _noise = new float[sample.Length];
        noise.Fill(_noise);
        TensorPrimitives.Multiply(sample, (float)Math.Sqrt(alpha), sample);
        TensorPrimitives.MultiplyAdd(_noise, (float)Math.Sqrt(1 - alpha), sample, sample);
    }
}
