namespace Niche.Inference.Schedulers;

/// <summary>Spreads noise levels between two ends by a rule of their own, whatever the timesteps.</summary>
internal static class SigmaSpread
{
    private const double KarrasRho = 7;
    private const double BetaShape = 0.6;

    /// <summary>Levels from the largest to the smallest; the configuration may name other ends.</summary>
    public static double[] Levels(SchedulerConfig config, double most, double least, int steps)
    {
        (most, least) = (config.SigmaMax ?? most, config.SigmaMin ?? least);
        var levels = new double[steps];
        for (var i = 0; i < steps; i++)
        {
            var at = steps == 1 ? 0 : (double)i / (steps - 1);
            levels[i] = config.SigmaSpacing switch
            {
                SigmaSpacing.Karras => Math.Pow(Between(Math.Pow(most, 1 / KarrasRho), Math.Pow(least, 1 / KarrasRho), at), KarrasRho),
                SigmaSpacing.Beta => least + (BetaQuantile.Of(1 - at, BetaShape) * (most - least)),
                _ => Math.Exp(Between(Math.Log(most), Math.Log(least), at)),
            };
        }
        return levels;
    }

    private static double Between(double from, double to, double at) => from + (at * (to - from));
}
