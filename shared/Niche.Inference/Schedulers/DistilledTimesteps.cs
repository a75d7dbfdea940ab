namespace Niche.Inference.Schedulers;

/// <summary>Timesteps of consistency-distilled models: an even choice from the teacher's own steps.</summary>
internal static class DistilledTimesteps
{
    /// <exception cref="ArgumentOutOfRangeException">More steps than the teacher had.</exception>
    public static float[] Of(SchedulerConfig config, int steps)
    {
        NoiseSchedule.Bound(config, steps);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, config.OriginalSteps);
        var stride = config.TrainTimesteps / config.OriginalSteps;
        var timesteps = new float[steps];
        for (var i = 0; i < steps; i++)
        {
            var skipped = (int)Math.Floor(i * ((double)config.OriginalSteps / steps));
            timesteps[i] = ((config.OriginalSteps - skipped) * stride) - 1;
        }
        return timesteps;
    }
}
