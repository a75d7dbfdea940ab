namespace Niche.Inference.Schedulers;

/// <summary>The factors of one UniPC step and the equations for its weights (Zhao et al., theorem 3.1 and appendix).</summary>
/// <param name="Sample">Of the sample at the start.</param>
/// <param name="Constant">Of the output at the start.</param>
/// <param name="Correction">Of the weighted sum of differences.</param>
/// <param name="Ratios">Distance of each earlier output in steps; the step's own end, 1, comes last.</param>
/// <param name="Right">Right-hand sides of the order conditions.</param>
internal sealed record UniPcTerms(double Sample, double Constant, double Correction, double[] Ratios, double[] Right)
{
    public static UniPcTerms Of(SchedulerConfig config, SolverModel model, int index, int order)
    {
        var (from, to) = (model[index], model[index + 1]);
        var h = to.Lambda - from.Lambda;
        var signed = config.PredictClean ? -h : h;
        var phi = SolverTerms.Expm1(signed);
        var scale = config.Rule == SolverRule.Bh1 ? signed : phi;
        var ratios = new double[order];
        for (var i = 0; i < order - 1; i++) ratios[i] = (model[index - 1 - i].Lambda - from.Lambda) / h;
        ratios[^1] = 1;
        var right = new double[order];
        var (next, factorial) = ((phi / signed) - 1, 1.0);
        for (var i = 0; i < order; i++)
        {
            right[i] = next * factorial / scale;
            factorial *= i + 2;
            next = (next / signed) - (1 / factorial);
        }
        return config.PredictClean
            ? new UniPcTerms(to.Sigma / from.Sigma, -to.Alpha * phi, -to.Alpha * scale, ratios, right)
            : new UniPcTerms(to.Alpha / from.Alpha, -to.Sigma * phi, -to.Sigma * scale, ratios, right);
    }

    /// <summary>Weights of the differences to earlier outputs.</summary>
    public void PredictorWeights(Span<double> weights)
    {
        if (weights.Length == 1) weights[0] = 0.5;
        else Solve(weights);
    }

    /// <summary>Weights of the differences to earlier outputs and, last, to the one at the step's end.</summary>
    public void CorrectorWeights(Span<double> weights)
    {
        if (weights.Length == 1) weights[0] = 0.5;
        else Solve(weights);
    }

    // Rows are powers of the ratios; with at most three of them plain elimination is exact enough.
    private void Solve(Span<double> weights)
    {
        var n = weights.Length;
        Span<double> rows = stackalloc double[n * n];
        for (var row = 0; row < n; row++)
        {
            weights[row] = Right[row];
            for (var column = 0; column < n; column++) rows[(row * n) + column] = Math.Pow(Ratios[column], row);
        }
        for (var pivot = 0; pivot < n; pivot++)
        {
            for (var row = pivot + 1; row < n; row++)
            {
                var factor = rows[(row * n) + pivot] / rows[(pivot * n) + pivot];
                for (var column = pivot; column < n; column++) rows[(row * n) + column] -= factor * rows[(pivot * n) + column];
                weights[row] -= factor * weights[pivot];
            }
        }
        for (var row = n - 1; row >= 0; row--)
        {
            for (var column = row + 1; column < n; column++) weights[row] -= rows[(row * n) + column] * weights[column];
            weights[row] /= rows[(row * n) + row];
        }
    }
}
