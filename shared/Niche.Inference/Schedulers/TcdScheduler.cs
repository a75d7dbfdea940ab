using System.Numerics.Tensors;
using Niche.Inference.Random;

namespace Niche.Inference.Schedulers;

/// <summary>Strategic stochastic sampling of trajectory consistency models (Zheng et al., "Trajectory Consistency Distillation", algorithm 4).</summary>
internal sealed class TcdScheduler(SchedulerConfig config, int steps) : AlphaScheduler(config, DistilledTimesteps.Of(config, steps))
{
    /// <summary>The paper's gamma: how far below the next timestep each step aims before noise takes it back up.</summary>
    private const double Gamma = 0.3;
    private float[] _buffer = [];

    public override void Step(int index, ReadOnlySpan<float> modelOutput, Span<float> sample, INoiseSource noise)
    {
        var timestep = (int)Timesteps[index];
        var last = index + 1 == Timesteps.Length;
        var next = last ? 0 : (int)Timesteps[index + 1];
        var aimed = Alpha((int)Math.Floor((1 - Gamma) * next));
        if (_buffer.Length != sample.Length) _buffer = new float[sample.Length];
        Epsilon(timestep, sample, modelOutput, _buffer);
        TensorPrimitives.Multiply(Clean(timestep, sample, modelOutput), (float)Math.Sqrt(aimed), sample);
        TensorPrimitives.MultiplyAdd(_buffer, (float)Math.Sqrt(1 - aimed), sample, sample);
        if (last) return;
        var ratio = Alpha(next) / aimed;
        noise.Fill(_buffer);
        TensorPrimitives.Multiply(sample, (float)Math.Sqrt(ratio), sample);
        TensorPrimitives.MultiplyAdd(_buffer, (float)Math.Sqrt(1 - ratio), sample, sample);
    }
}
