namespace Niche.Inference.Schedulers;

/// <summary>Levels of flow matching, where a sample is (1 - sigma) clean + sigma noise (Esser et al., "Scaling Rectified Flow Transformers").</summary>
internal static class FlowLevels
{
    private const double JustBelowOne = 1e-6;

    /// <summary>For the Euler rule.</summary>
    /// <param name="config">Scheduler configuration.</param>
    /// <param name="steps">Number of steps.</param>
    /// <param name="imageTokens">Latent patches of the picture, for a shift that follows its size.</param>
    public static NoiseLevels ForEuler(SchedulerConfig config, int steps, int imageTokens)
    {
        NoiseSchedule.Bound(config, steps);
        var least = 1.0 / config.TrainTimesteps;
        if (config.EvenFlowSteps) least = 1.0 / steps;
        else if (!config.DynamicShift) least = (float)Shift(least, config.Shift);
        var sigmas = new double[steps];
        for (var i = 0; i < steps; i++) sigmas[i] = Bend(config, steps == 1 ? 1 : 1 + (i * (least - 1) / (steps - 1)), imageTokens);
        if (config.ShiftTerminal is { } terminal) Stretch(sigmas, terminal);
        if (config.SigmaSpacing is SigmaSpacing.Karras or SigmaSpacing.Exponential or SigmaSpacing.Beta)
            sigmas = SigmaSpread.Levels(config, sigmas[0], sigmas[^1], steps);
        return Levels(config, Array.ConvertAll(sigmas, sigma => config.InvertSigmas ? 1 - sigma : sigma), config.InvertSigmas ? 1 : 0);
    }

    /// <summary>For the multistep solvers (<c>use_flow_sigmas</c>).</summary>
    public static NoiseLevels ForSolver(SchedulerConfig config, int steps)
    {
        var least = 1.0 / config.TrainTimesteps;
        var uni = config.ClassName == "UniPCMultistepScheduler";
        var sigmas = new double[steps];
        for (var i = 0; i < steps; i++)
        {
            // UniPC walks down from one; the others walk up from zero and turn the result round.
            var level = uni ? 1 + (i * (least - 1) / steps) : (1 - least) * (steps - i) / steps;
            sigmas[i] = uni ? Bend(config, level, config.MaxImageTokens) : Shift(level, config.Shift);
        }
        if (uni && config.ShiftTerminal is { } terminal) Stretch(sigmas, terminal);
        if (uni && Math.Abs(sigmas[0] - 1) < JustBelowOne) sigmas[0] -= JustBelowOne;
        var final = config.FinalSigma == FinalSigma.Zero ? 0 : uni ? sigmas[^1] : new TrainedSigmas(config).Least;
        var levels = Levels(config, sigmas, final);
        return levels with { Timesteps = [.. sigmas.Select(sigma => (float)Math.Truncate(sigma * config.TrainTimesteps))] };
    }

    private static NoiseLevels Levels(SchedulerConfig config, double[] sigmas, double final) => new(
        [.. sigmas.Select(sigma => (float)sigma), (float)final], [.. sigmas.Select(sigma => (float)sigma * config.TrainTimesteps)]);

    private static double Bend(SchedulerConfig config, double sigma, int imageTokens)
    {
        if (!config.DynamicShift) return Shift(sigma, config.Shift);
        var slope = (config.MaxShift - config.BaseShift) / Math.Max(1, config.MaxImageTokens - config.BaseImageTokens);
        var mu = config.BaseShift + (slope * (imageTokens - config.BaseImageTokens));
        return Shift(sigma, config.TimeShift == TimeShift.Exponential ? Math.Exp(mu) : mu);
    }

    private static double Shift(double sigma, double by) => by * sigma / (1 + ((by - 1) * sigma));

    private static void Stretch(double[] sigmas, double terminal)
    {
        var scale = (1 - sigmas[^1]) / (1 - terminal);
        for (var i = 0; i < sigmas.Length; i++) sigmas[i] = 1 - ((1 - sigmas[i]) / scale);
    }
}
