namespace Niche.Inference.Schedulers;

/// <summary>
/// The noise level of every training timestep, sqrt((1 - alpha) / alpha), and the way back from a level to a fractional timestep.
/// </summary>
internal sealed class TrainedSigmas
{
    // Where training ends in pure noise, the level would be infinite; diffusers puts the smallest half-precision number there.
    private const float LeastAlpha = 1f / (1 << 24);
    private readonly SchedulerConfig _config;
    private readonly float[] _sigmas;
    private readonly float[] _logs;

    public TrainedSigmas(SchedulerConfig config)
    {
        _config = config;
        var alphas = NoiseSchedule.AlphasCumulative(config);
        if (config.RescaleZeroSnr) alphas[^1] = LeastAlpha;
        _sigmas = Array.ConvertAll(alphas, alpha => MathF.Sqrt((1f - (float)alpha) / (float)alpha));
        _logs = Array.ConvertAll(_sigmas, MathF.Log);
    }

    public double Least => _sigmas[0];

    public double Most => _sigmas[^1];

    /// <summary>Training timesteps whose log signal-to-noise ratio lies below a bound.</summary>
    public int CountBelow(double lambda) => _logs.Count(log => -log < lambda);

    /// <summary>Levels at timesteps, between two of training by straight lines.</summary>
    public double[] At(IEnumerable<double> timesteps) => [.. timesteps.Select(At)];

    /// <summary>The level after the last step.</summary>
    public double Final => _config.FinalSigma == FinalSigma.Zero ? 0 : Least;

    /// <summary>The fractional timestep of a level; levels outside training take the nearest end.</summary>
    public double TimestepOf(double sigma)
    {
        var log = Math.Log(Math.Max(sigma, 1e-10));
        var low = Math.Clamp(Array.FindLastIndex(_logs, at => at <= log), 0, Math.Max(0, _logs.Length - 2));
        if (_logs.Length == 1) return 0;
        var share = Math.Clamp((_logs[low] - log) / (_logs[low] - _logs[low + 1]), 0, 1);
        return low + share;
    }

    private double At(double timestep)
    {
        var low = (int)Math.Clamp(Math.Floor(timestep), 0, _sigmas.Length - 1);
        var high = Math.Min(low + 1, _sigmas.Length - 1);
        return double.Lerp(_sigmas[low], _sigmas[high], Math.Clamp(timestep - low, 0, 1));
    }
}
