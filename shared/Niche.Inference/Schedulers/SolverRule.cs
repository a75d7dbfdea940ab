namespace Niche.Inference.Schedulers;

/// <summary>The variant of a solver's higher-order terms (<c>solver_type</c>).</summary>
public enum SolverRule
{
    /// <summary>Midpoint (DPM-Solver).</summary>
    Midpoint,

    /// <summary>Heun (DPM-Solver).</summary>
    Heun,

    /// <summary>B(h) = h (UniPC).</summary>
    Bh1,

    /// <summary>B(h) = exp(h) - 1 (UniPC).</summary>
    Bh2,
}
