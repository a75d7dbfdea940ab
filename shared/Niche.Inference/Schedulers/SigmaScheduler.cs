using System.Numerics.Tensors;
using Niche.Inference.Random;

namespace Niche.Inference.Schedulers;

/// <summary>
/// The family that sees a sample as clean + sigma * noise and follows dx/dsigma = (x - clean) / sigma (Karras et al., 2022). Arithmetic is
/// that of single-precision tensors, in the order of diffusers.
/// </summary>
internal abstract class SigmaScheduler(SchedulerConfig config, float[] sigmas, float[] timesteps) : IScheduler
{
    private float[] _clean = [];

    /// <inheritdoc/>
    public ReadOnlySpan<float> Timesteps => timesteps;

    /// <inheritdoc/>
    public virtual int IndexOf(int step) => step;

    /// <inheritdoc/>
    public float InitialNoiseSigma { get; } = Initial(config, sigmas);

    /// <inheritdoc/>
    public void ScaleModelInput(int index, ReadOnlySpan<float> sample, Span<float> scaled)
    {
        var sigma = InputSigma(index);
        TensorPrimitives.Divide(sample, MathF.Sqrt((sigma * sigma) + 1), scaled);
    }

    /// <inheritdoc/>
    public void AddNoise(int index, ReadOnlySpan<float> noise, Span<float> clean) => TensorPrimitives.MultiplyAdd(noise, InputSigma(index), clean, clean);

    /// <inheritdoc/>
    public abstract void Step(int index, ReadOnlySpan<float> modelOutput, Span<float> sample, INoiseSource noise);

    /// <summary>The level at which the denoiser is asked.</summary>
    protected abstract float InputSigma(int index);

    /// <summary>The clean sample that the output stands for.</summary>
    protected Span<float> Clean(float sigma, ReadOnlySpan<float> sample, ReadOnlySpan<float> output)
    {
        var clean = Scratch(ref _clean, sample.Length);
        switch (config.PredictionType)
        {
            case PredictionType.Epsilon:
                TensorPrimitives.MultiplyAdd(output, -sigma, sample, clean);
                break;
            case PredictionType.VPrediction:
                var power = (sigma * sigma) + 1;
                TensorPrimitives.Divide(sample, power, clean);
                TensorPrimitives.MultiplyAdd(output, -sigma / MathF.Sqrt(power), clean, clean);
                break;
            default:
                output.CopyTo(clean);
                break;
        }
        return clean;
    }

    /// <summary>(sample - clean) / sigma, in place of the clean sample.</summary>
    protected static void Derivative(ReadOnlySpan<float> sample, float sigma, Span<float> clean)
    {
        TensorPrimitives.Subtract(sample, clean, clean);
        TensorPrimitives.Divide(clean, sigma, clean);
    }

    /// <summary>A buffer that is made at the first step and kept.</summary>
    protected static Span<float> Scratch(ref float[] buffer, int length)
    {
        if (buffer.Length != length) buffer = new float[length];
        return buffer;
    }

    private static float Initial(SchedulerConfig config, float[] sigmas)
    {
        var most = sigmas.Max();
        return config.TimestepSpacing == TimestepSpacing.Leading ? MathF.Sqrt((most * most) + 1) : most;
    }
}
