using System.Numerics.Tensors;

namespace Niche.Inference.Schedulers;

/// <summary>What the solvers know of a run: its levels, and how to turn the denoiser's output into what they integrate.</summary>
internal sealed class SolverModel(SchedulerConfig config, int steps, bool integratesClean)
{
    private readonly NoiseLevels _levels = NoiseLevels.Whole(config, steps);

    public float[] Timesteps => _levels.Timesteps;

    public int Steps => _levels.Timesteps.Length;

    public SignalAndNoise this[int index] => SignalAndNoise.At(_levels.Sigmas[index], config.SigmaSpacing == SigmaSpacing.Flow);

    /// <summary>Mixes clean latents with noise as they are at a step.</summary>
    public void AddNoise(int index, ReadOnlySpan<float> noise, Span<float> clean)
    {
        var (alpha, sigma) = this[index];
        TensorPrimitives.Multiply(clean, (float)alpha, clean);
        TensorPrimitives.MultiplyAdd(noise, (float)sigma, clean, clean);
    }

    /// <summary>Writes the clean sample, or the noise, that the output stands for.</summary>
    public void Convert(int index, ReadOnlySpan<float> sample, ReadOnlySpan<float> output, Span<float> result)
    {
        var (alpha, sigma) = this[index];
        var (ofSample, ofOutput) = (config.PredictionType, integratesClean) switch
        {
            (PredictionType.Epsilon, true) => (1 / alpha, -sigma / alpha),
            (PredictionType.Epsilon, false) => (0, 1),
            (PredictionType.VPrediction, true) => (alpha, -sigma),
            (PredictionType.VPrediction, false) => (sigma, alpha),
            (PredictionType.Sample, true) => (0, 1),
            (PredictionType.Sample, false) => (1 / sigma, -alpha / sigma),
            (_, true) => (1.0, -_levels.Sigmas[index]),
            _ => throw new FormatException("prediction_type 'flow_prediction' needs a solver of the clean sample"),
        };
        TensorPrimitives.Multiply(output, (float)ofOutput, result);
        TensorPrimitives.MultiplyAdd(sample, (float)ofSample, result, result);
    }
}
