namespace Niche.Inference.Schedulers;

/// <summary>
/// Factors of one DPM-Solver step from a start over the distance h in half log signal-to-noise ratio (Lu et al., "DPM-Solver" equations 4 and
/// following, "DPM-Solver++" equation 9 and algorithm 2).
/// </summary>
/// <param name="Sample">Of the sample at the start.</param>
/// <param name="Constant">Of the output taken as constant.</param>
/// <param name="Slope">Of its first derivative: the exact integral.</param>
/// <param name="Midpoint">Of its first derivative: the midpoint rule.</param>
/// <param name="Curvature">Of its second derivative.</param>
/// <param name="Noise">Of fresh noise.</param>
internal readonly record struct SolverTerms(double Sample, double Constant, double Slope, double Midpoint, double Curvature, double Noise)
{
    public static SolverTerms Of(SolverAlgorithm algorithm, SignalAndNoise from, SignalAndNoise to, double h)
    {
        switch (algorithm)
        {
            case SolverAlgorithm.DpmSolverPlusPlus:
            {
                var phi = Expm1(-h);
                return new SolverTerms(
                    to.Sigma / from.Sigma, -to.Alpha * phi, to.Alpha * ((phi / h) + 1), -0.5 * to.Alpha * phi, -to.Alpha * (((phi + h) / (h * h)) - 0.5), 0);
            }
            case SolverAlgorithm.StochasticPlusPlus:
            {
                var psi = -Expm1(-2 * h);
                return new SolverTerms(
                    to.Sigma / from.Sigma * Math.Exp(-h), to.Alpha * psi, to.Alpha * ((psi / (-2 * h)) + 1), 0.5 * to.Alpha * psi,
                    to.Alpha * (((psi - (2 * h)) / (4 * h * h)) - 0.5), to.Sigma * Math.Sqrt(psi));
            }
            default:
            {
                var phi = Expm1(h);
                var twice = algorithm == SolverAlgorithm.Stochastic ? 2 : 1;
                return new SolverTerms(
                    to.Alpha / from.Alpha, -twice * to.Sigma * phi, -twice * to.Sigma * ((phi / h) - 1), -0.5 * twice * to.Sigma * phi,
                    -to.Sigma * (((phi - h) / (h * h)) - 0.5), twice == 2 ? to.Sigma * Math.Sqrt(Expm1(2 * h)) : 0);
            }
        }
    }

    /// <summary>e^x - 1 without losing digits near zero (Kahan's rule).</summary>
    public static double Expm1(double x)
    {
        var e = Math.Exp(x);
        if (e == 1) return x;
        return e - 1 <= -1 || double.IsInfinity(e) ? e - 1 : (e - 1) * x / Math.Log(e);
    }
}
