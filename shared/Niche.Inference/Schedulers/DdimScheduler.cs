using Niche.Inference.Random;

namespace Niche.Inference.Schedulers;

/// <summary>Deterministic DDIM (Song et al., "Denoising Diffusion Implicit Models", equation 12 with eta = 0).</summary>
public sealed class DdimScheduler : IScheduler
{
    private readonly SchedulerConfig _config;
    private readonly double[] _alphas;
    private readonly float[] _timesteps;

    /// <summary>Prepares a run.</summary>
    /// <param name="config">Scheduler configuration.</param>
    /// <param name="steps">Number of steps.</param>
    public DdimScheduler(SchedulerConfig config, int steps)
    {
        _config = config;
        _alphas = NoiseSchedule.AlphasCumulative(config);
        _timesteps = NoiseSchedule.Timesteps(config, steps);
    }

    /// <inheritdoc/>
    public ReadOnlySpan<float> Timesteps => _timesteps;

    /// <inheritdoc/>
    public float InitialNoiseSigma => 1;

    /// <inheritdoc/>
    public void ScaleModelInput(int index, ReadOnlySpan<float> sample, Span<float> scaled) => sample.CopyTo(scaled);

    /// <inheritdoc/>
    public void Step(int index, ReadOnlySpan<float> modelOutput, Span<float> sample, INoiseSource noise)
    {
        var t = (int)_timesteps[index];
        var previous = t - (_config.TrainTimesteps / _timesteps.Length);
        var alpha = _alphas[t];
        var alphaPrevious = previous >= 0 ? _alphas[previous] : _config.SetAlphaToOne ? 1.0 : _alphas[0];
        var (signal, spread) = ((float)Math.Sqrt(alpha), (float)Math.Sqrt(1 - alpha));
        var (signalPrevious, spreadPrevious) = ((float)Math.Sqrt(alphaPrevious), (float)Math.Sqrt(1 - alphaPrevious));
        for (var i = 0; i < sample.Length; i++)
        {
            var (clean, epsilon) = Split(sample[i], modelOutput[i], signal, spread);
            sample[i] = (signalPrevious * clean) + (spreadPrevious * epsilon);
        }
    }

    private (float Clean, float Epsilon) Split(float x, float output, float signal, float spread)
    {
        var (clean, epsilon) = _config.PredictionType switch
        {
            PredictionType.Epsilon => ((x - (spread * output)) / signal, output),
            PredictionType.VPrediction => ((signal * x) - (spread * output), (signal * output) + (spread * x)),
            _ => (output, (x - (signal * output)) / spread),
        };
        // As diffusers does, the clip moves the clean sample only and leaves epsilon as predicted.
        var range = (float)_config.ClipSampleRange;
        return (_config.ClipSample ? Math.Clamp(clean, -range, range) : clean, epsilon);
    }
}
