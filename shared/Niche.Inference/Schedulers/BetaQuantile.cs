namespace Niche.Inference.Schedulers;

/// <summary>Quantiles of the symmetric Beta(a, a) distribution: the inverse of the regularised incomplete beta function (DLMF 8.17.22).</summary>
internal static class BetaQuantile
{
    private const int Halvings = 60;
    private const int MaxTerms = 300;

    /// <summary>The x in [0, 1] below which the given share of the distribution lies.</summary>
    public static double Of(double share, double shape)
    {
        if (share <= 0) return 0;
        if (share >= 1) return 1;
        if (share > 0.5) return 1 - Of(1 - share, shape);
        var scale = Math.Exp(LogGamma(2 * shape) - (2 * LogGamma(shape)));
        var (low, high) = (0.0, 0.5);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            if (Share(middle, shape, scale) < share) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }

    private static double Share(double x, double shape, double scale) =>
        scale * Math.Pow(x * (1 - x), shape) / shape / ContinuedFraction(x, shape);

    // Evaluated from the back; for x up to one half it has long settled at the bound.
    private static double ContinuedFraction(double x, double shape)
    {
        var value = 1.0;
        for (var n = MaxTerms; n >= 1; n--)
        {
            var m = n / 2;
            var coefficient = n % 2 == 0
                ? m * (shape - m) * x / ((shape + (2 * m) - 1) * (shape + (2 * m)))
                : -(shape + m) * ((2 * shape) + m) * x / ((shape + (2 * m)) * (shape + (2 * m) + 1));
            value = 1 + (coefficient / value);
        }
        return value;
    }

    // Stirling's series after shifting the argument up.
    private static double LogGamma(double x)
    {
        var shift = 0.0;
        for (; x < 10; x++) shift -= Math.Log(x);
        var inverse = 1 / (x * x);
        var series = ((1.0 / 12) - (inverse * ((1.0 / 360) - (inverse * ((1.0 / 1260) - (inverse / 1680)))))) / x;
        return shift + ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + series;
    }
}
