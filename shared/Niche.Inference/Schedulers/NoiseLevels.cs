namespace Niche.Inference.Schedulers;

/// <summary>The levels of a run, one more than it has steps, and the timestep that the denoiser is told at each.</summary>
/// <param name="Sigmas">Noise levels, largest first, the one after the last step included.</param>
/// <param name="Timesteps">One per step.</param>
internal sealed record NoiseLevels(float[] Sigmas, float[] Timesteps)
{
    /// <summary>For Euler and its relatives: timesteps keep their fraction.</summary>
    public static NoiseLevels Continuous(SchedulerConfig config, int steps, bool wholeKarrasTimesteps = false)
    {
        var trained = new TrainedSigmas(config);
        var timesteps = NoiseSchedule.EvenTimesteps(config, steps);
        for (var i = 0; i < steps; i++) timesteps[i] = (float)timesteps[i];
        var sigmas = config.LogLinear ? LogLinear(trained, steps) : trained.At(timesteps);
        var final = config.LogLinear ? trained.Least : trained.Final;
        if (config.SigmaSpacing is SigmaSpacing.Karras or SigmaSpacing.Exponential or SigmaSpacing.Beta)
        {
            var (most, least) = config.LogLinear ? (trained.Most, trained.Least) : (sigmas[0], sigmas[^1]);
            sigmas = SigmaSpread.Levels(config, most, least, steps);
            timesteps = Array.ConvertAll(sigmas, trained.TimestepOf);
            if (wholeKarrasTimesteps && config.SigmaSpacing == SigmaSpacing.Karras) Round(timesteps);
        }
        if (config is { ContinuousTimesteps: true, PredictionType: PredictionType.VPrediction }) timesteps = Array.ConvertAll(sigmas, sigma => 0.25 * Math.Log(sigma));
        return Of(sigmas, final, timesteps);
    }

    /// <summary>For the multistep solvers: whole timesteps, one more interval than steps, respaced over the whole of training.</summary>
    public static NoiseLevels Whole(SchedulerConfig config, int steps)
    {
        NoiseSchedule.Bound(config, steps);
        if (config.SigmaSpacing == SigmaSpacing.Flow) return FlowLevels.ForSolver(config, steps);
        var trained = new TrainedSigmas(config);
        var last = Math.Max(1, config.TrainTimesteps - trained.CountBelow(config.LambdaMinClipped));
        if (config.SigmaSpacing == SigmaSpacing.Timesteps)
        {
            var timesteps = SolverTimesteps(config, steps, last);
            return Of(trained.At(timesteps), trained.Final, timesteps);
        }
        var sigmas = SigmaSpread.Levels(config, trained.Most, trained.Least, steps);
        var shown = Array.ConvertAll(sigmas, trained.TimestepOf);
        var rounded = config.SigmaSpacing is SigmaSpacing.Karras or SigmaSpacing.Lu
            && (config.BetaSchedule != BetaSchedule.SquaredCosine || config.ClassName != "DPMSolverMultistepScheduler");
        if (rounded) Round(shown);
        return Of(sigmas, trained.Final, Array.ConvertAll(shown, Math.Truncate));
    }

    private static double[] SolverTimesteps(SchedulerConfig config, int steps, int last)
    {
        var timesteps = new double[steps];
        var ratio = (double)config.TrainTimesteps / steps;
        for (var i = 0; i < steps; i++)
        {
            timesteps[i] = config.ClassName == "DPMSolverSinglestepScheduler" ? Even(last - 1, steps, i) : config.TimestepSpacing switch
            {
                TimestepSpacing.Trailing => Math.Max(0, Math.Round(last - (i * ratio)) - 1),
                TimestepSpacing.Linspace => Even(last - 1, steps, i),
                _ => Math.Min(config.TrainTimesteps - 1, ((steps - i) * (last / (steps + 1))) + config.StepsOffset),
            };
        }
        return timesteps;
    }

    private static double Even(int last, int steps, int index) => Math.Round((steps - index) * ((double)last / steps));

    // One level more than there are steps is spread; the smallest stands after the last step.
    private static double[] LogLinear(TrainedSigmas trained, int steps)
    {
        var sigmas = new double[steps];
        var (most, least) = (Math.Log(trained.Most), Math.Log(trained.Least));
        for (var i = 0; i < steps; i++) sigmas[i] = Math.Exp(most + (i * (least - most) / steps));
        return sigmas;
    }

    private static void Round(double[] values)
    {
        for (var i = 0; i < values.Length; i++) values[i] = Math.Round(values[i]);
    }

    private static NoiseLevels Of(double[] sigmas, double final, double[] timesteps) =>
        new([.. sigmas.Select(sigma => (float)sigma), (float)final], [.. timesteps.Select(t => (float)t)]);
}
