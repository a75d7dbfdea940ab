using System.Numerics.Tensors;
using Niche.Inference.Random;

namespace Niche.Inference.Schedulers;

/// <summary>Euler's method for flow matching: the denoiser predicts the velocity itself (Esser et al., 2024).</summary>
internal sealed class FlowMatchEulerScheduler : IScheduler
{
    private readonly bool _stochastic;
    private readonly NoiseLevels _levels;
    private float[] _noise = [];

    public FlowMatchEulerScheduler(SchedulerConfig config, int steps, int imageTokens) =>
        (_stochastic, _levels) = (config.StochasticSampling, FlowLevels.ForEuler(config, steps, imageTokens));

    public ReadOnlySpan<float> Timesteps => _levels.Timesteps;

    public float InitialNoiseSigma => 1;

    public void ScaleModelInput(int index, ReadOnlySpan<float> sample, Span<float> scaled) => sample.CopyTo(scaled);

    public void AddNoise(int index, ReadOnlySpan<float> noise, Span<float> clean)
    {
        var sigma = _levels.Sigmas[index];
        TensorPrimitives.Multiply(clean, 1 - sigma, clean);
        TensorPrimitives.MultiplyAdd(noise, sigma, clean, clean);
    }

    public void Step(int index, ReadOnlySpan<float> modelOutput, Span<float> sample, INoiseSource noise)
    {
        var (from, to) = (_levels.Sigmas[index], _levels.Sigmas[index + 1]);
        if (!_stochastic)
        {
            TensorPrimitives.MultiplyAdd(modelOutput, to - from, sample, sample);
            return;
        }
        if (_noise.Length != sample.Length) _noise = new float[sample.Length];
        noise.Fill(_noise);
        TensorPrimitives.MultiplyAdd(modelOutput, -from, sample, sample);
        TensorPrimitives.Multiply(sample, 1 - to, sample);
        TensorPrimitives.MultiplyAdd(_noise, to, sample, sample);
    }
}
