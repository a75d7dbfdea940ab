namespace Niche.Inference.Schedulers;

/// <summary>What a DPM-Solver integrates (<c>algorithm_type</c>; Lu et al., "DPM-Solver" and "DPM-Solver++", 2022).</summary>
public enum SolverAlgorithm
{
    /// <summary>The clean sample.</summary>
    DpmSolverPlusPlus,

    /// <summary>The noise.</summary>
    DpmSolver,

    /// <summary>The clean sample, with fresh noise in every step.</summary>
    StochasticPlusPlus,

    /// <summary>The noise, with fresh noise in every step.</summary>
    Stochastic,
}
