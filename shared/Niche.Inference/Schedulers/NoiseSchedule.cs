namespace Niche.Inference.Schedulers;

/// <summary>The cumulative signal power of every training timestep and the choice of timesteps for a run.</summary>
public static class NoiseSchedule
{
    /// <summary>Cumulative products of (1 - beta), one per training timestep.</summary>
    /// <param name="config">Scheduler configuration.</param>
    public static double[] AlphasCumulative(SchedulerConfig config)
    {
        var alphas = new double[config.TrainTimesteps];
        var product = 1.0;
        for (var t = 0; t < alphas.Length; t++)
        {
            product *= 1.0 - Beta(config, t);
            alphas[t] = product;
        }
        if (config.RescaleZeroSnr) RescaleToZeroSnr(alphas);
        return alphas;
    }

    /// <summary>Timesteps of a run, largest first, rounded as numpy rounds (half to even).</summary>
    /// <param name="config">Scheduler configuration.</param>
    /// <param name="steps">Number of steps, 1 to the number of training timesteps.</param>
    public static float[] Timesteps(SchedulerConfig config, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, config.TrainTimesteps);
        var timesteps = new float[steps];
        var ratio = (double)config.TrainTimesteps / steps;
        for (var i = 0; i < steps; i++)
        {
            timesteps[i] = config.TimestepSpacing switch
            {
                TimestepSpacing.Trailing => (float)Math.Round(config.TrainTimesteps - (i * ratio)) - 1,
                TimestepSpacing.Linspace => (float)Math.Round((config.TrainTimesteps - 1.0) * (steps - 1 - i) / Math.Max(1, steps - 1)),
                _ => ((steps - 1 - i) * (config.TrainTimesteps / steps)) + config.StepsOffset,
            };
        }
        return timesteps;
    }

    private static double Beta(SchedulerConfig config, int t)
    {
        var at = config.TrainTimesteps == 1 ? 0 : (double)t / (config.TrainTimesteps - 1);
        switch (config.BetaSchedule)
        {
            case BetaSchedule.Linear:
                return config.BetaStart + (at * (config.BetaEnd - config.BetaStart));
            case BetaSchedule.ScaledLinear:
                var root = Math.Sqrt(config.BetaStart) + (at * (Math.Sqrt(config.BetaEnd) - Math.Sqrt(config.BetaStart)));
                return root * root;
            default:
                return Math.Min(0.999, 1 - (CosineBar(t + 1.0, config.TrainTimesteps) / CosineBar(t, config.TrainTimesteps)));
        }
    }

    private static double CosineBar(double t, int total)
    {
        var cosine = Math.Cos(((t / total) + 0.008) / 1.008 * Math.PI / 2);
        return cosine * cosine;
    }

    // Lin et al., "Common Diffusion Noise Schedules and Sample Steps are Flawed", algorithm 1.
    private static void RescaleToZeroSnr(double[] alphas)
    {
        var first = Math.Sqrt(alphas[0]);
        var last = Math.Sqrt(alphas[^1]);
        for (var t = 0; t < alphas.Length; t++)
        {
            var root = (Math.Sqrt(alphas[t]) - last) * first / (first - last);
            alphas[t] = root * root;
        }
    }
}
