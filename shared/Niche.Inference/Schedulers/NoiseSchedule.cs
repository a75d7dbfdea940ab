namespace Niche.Inference.Schedulers;

/// <summary>
/// The cumulative signal power of every training timestep and the choice of timesteps for a run. Betas and their complements are rounded to
/// single precision and multiplied in double, as torch does on the CPU, so that noise levels agree to the last bits.
/// </summary>
public static class NoiseSchedule
{
    /// <summary>Cumulative products of (1 - beta), one per training timestep.</summary>
    /// <param name="config">Scheduler configuration.</param>
    public static double[] AlphasCumulative(SchedulerConfig config)
    {
        var betas = Betas(config);
        if (config.RescaleZeroSnr) RescaleToZeroSnr(betas);
        return Accumulate(betas);
    }

    /// <summary>Timesteps of a run, largest first, rounded as numpy rounds (half to even).</summary>
    /// <param name="config">Scheduler configuration.</param>
    /// <param name="steps">Number of steps, 1 to the number of training timesteps.</param>
    public static float[] Timesteps(SchedulerConfig config, int steps)
    {
        var timesteps = EvenTimesteps(config, steps);
        for (var i = 0; i < steps; i++) timesteps[i] = Math.Round(timesteps[i]);
        return Array.ConvertAll(timesteps, t => (float)t);
    }

    /// <summary>As <see cref="Timesteps"/>, but evenly spread timesteps keep their fraction.</summary>
    internal static double[] EvenTimesteps(SchedulerConfig config, int steps)
    {
        Bound(config, steps);
        var timesteps = new double[steps];
        var ratio = (double)config.TrainTimesteps / steps;
        for (var i = 0; i < steps; i++)
        {
            timesteps[i] = config.TimestepSpacing switch
            {
                TimestepSpacing.Trailing => Math.Round(config.TrainTimesteps - (i * ratio)) - 1,
                TimestepSpacing.Linspace => steps == 1 ? 0 : (steps - 1 - i) * ((config.TrainTimesteps - 1.0) / (steps - 1)),
                _ => Math.Min(config.TrainTimesteps - 1, ((steps - 1 - i) * (config.TrainTimesteps / steps)) + config.StepsOffset),
            };
        }
        return timesteps;
    }

    /// <summary>Throws when a run has no step or more than training had.</summary>
    internal static void Bound(SchedulerConfig config, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, config.TrainTimesteps);
    }

    private static double[] Accumulate(float[] betas)
    {
        var alphas = new double[betas.Length];
        var product = 1.0;
        for (var t = 0; t < alphas.Length; t++)
        {
            product *= 1f - betas[t];
            alphas[t] = (float)product;
        }
        return alphas;
    }

    private static float[] Betas(SchedulerConfig config)
    {
        if (config.TrainedBetas is { } given) return [.. given];
        var betas = new float[config.TrainTimesteps];
        for (var t = 0; t < betas.Length; t++) betas[t] = Beta(config, t);
        return betas;
    }

    private static float Beta(SchedulerConfig config, int t)
    {
        switch (config.BetaSchedule)
        {
            case BetaSchedule.Linear:
                return Between(config.BetaStart, config.BetaEnd, t, config.TrainTimesteps);
            case BetaSchedule.ScaledLinear:
                var root = Between(Math.Sqrt(config.BetaStart), Math.Sqrt(config.BetaEnd), t, config.TrainTimesteps);
                return root * root;
            default:
                return (float)Math.Min(0.999, 1 - (CosineBar((t + 1.0) / config.TrainTimesteps) / CosineBar((double)t / config.TrainTimesteps)));
        }
    }

    // Counted from the nearer end, as torch.linspace does.
    private static float Between(double first, double last, int index, int count)
    {
        if (count == 1) return (float)first;
        var step = ((float)last - (float)first) / (count - 1);
        return index < count / 2 ? (float)first + (step * index) : (float)last - (step * (count - 1 - index));
    }

    private static double CosineBar(double time)
    {
        var cosine = Math.Cos((time + 0.008) / 1.008 * Math.PI / 2);
        return cosine * cosine;
    }

    // Lin et al., "Common Diffusion Noise Schedules and Sample Steps are Flawed", algorithm 1.
    private static void RescaleToZeroSnr(float[] betas)
    {
        var roots = Array.ConvertAll(Accumulate(betas), alpha => MathF.Sqrt((float)alpha));
        var (first, last) = (roots[0], roots[^1]);
        var scale = first / (first - last);
        var before = 1f;
        for (var t = 0; t < betas.Length; t++)
        {
            var root = (roots[t] - last) * scale;
            betas[t] = 1f - (root * root / before);
            before = root * root;
        }
    }
}
