using System.Numerics.Tensors;
using Niche.Inference.Random;

namespace Niche.Inference.Schedulers;

/// <summary>The family that works on whole training timesteps and the signal power left at each (Ho et al., "DDPM"; Song et al., "DDIM").</summary>
internal abstract class AlphaScheduler(SchedulerConfig config, float[] timesteps) : IScheduler
{
    private readonly double[] _alphas = NoiseSchedule.AlphasCumulative(config);
    private float[] _clean = [];

    public ReadOnlySpan<float> Timesteps => timesteps;

    protected SchedulerConfig Config => config;

    public float InitialNoiseSigma => 1;

    public virtual int IndexOf(int step) => step;

    public void ScaleModelInput(int index, ReadOnlySpan<float> sample, Span<float> scaled) => sample.CopyTo(scaled);

    public void AddNoise(int index, ReadOnlySpan<float> noise, Span<float> clean)
    {
        var (signal, spread) = Factors((int)timesteps[index]);
        TensorPrimitives.Multiply(clean, signal, clean);
        TensorPrimitives.MultiplyAdd(noise, spread, clean, clean);
    }

    public abstract void Step(int index, ReadOnlySpan<float> modelOutput, Span<float> sample, INoiseSource noise);

    /// <summary>Signal power at a timestep; before the first one that of a clean sample, or the first one's.</summary>
    protected double Alpha(int timestep) => timestep >= 0 ? _alphas[timestep] : config.SetAlphaToOne ? 1 : _alphas[0];

    /// <summary>The clean sample that the output stands for.</summary>
    protected Span<float> Clean(int timestep, ReadOnlySpan<float> sample, ReadOnlySpan<float> output)
    {
        if (_clean.Length != sample.Length) _clean = new float[sample.Length];
        Span<float> clean = _clean;
        var (signal, spread) = Factors(timestep);
        switch (config.PredictionType)
        {
            case PredictionType.Epsilon:
                TensorPrimitives.MultiplyAdd(output, -spread, sample, clean);
                TensorPrimitives.Divide(clean, signal, clean);
                break;
            case PredictionType.VPrediction:
                TensorPrimitives.Multiply(sample, signal, clean);
                TensorPrimitives.MultiplyAdd(output, -spread, clean, clean);
                break;
            default:
                output.CopyTo(clean);
                break;
        }
        return clean;
    }

    /// <summary>Clips a clean sample where the configuration asks for it.</summary>
    protected void Clip(Span<float> clean)
    {
        if (!config.ClipSample) return;
        var range = (float)config.ClipSampleRange;
        TensorPrimitives.Min(clean, range, clean);
        TensorPrimitives.Max(clean, -range, clean);
    }

    /// <summary>The noise that the output stands for, from the unclipped prediction.</summary>
    protected void Epsilon(int timestep, ReadOnlySpan<float> sample, ReadOnlySpan<float> output, Span<float> epsilon)
    {
        var (signal, spread) = Factors(timestep);
        switch (config.PredictionType)
        {
            case PredictionType.Epsilon:
                output.CopyTo(epsilon);
                break;
            case PredictionType.VPrediction:
                TensorPrimitives.Multiply(output, signal, epsilon);
                TensorPrimitives.MultiplyAdd(sample, spread, epsilon, epsilon);
                break;
            default:
                TensorPrimitives.MultiplyAdd(output, -signal, sample, epsilon);
                TensorPrimitives.Divide(epsilon, spread, epsilon);
                break;
        }
    }

    private (float Signal, float Spread) Factors(int timestep) => ((float)Math.Sqrt(_alphas[timestep]), (float)Math.Sqrt(1 - _alphas[timestep]));
}
