namespace Niche.Inference.Schedulers;

/// <summary>Combinations that no DPM-Solver can honour.</summary>
internal static class SolverChecks
{
    public static void Check(SchedulerConfig config)
    {
        var ofNoise = config.Algorithm is SolverAlgorithm.DpmSolver or SolverAlgorithm.Stochastic;
        if (ofNoise && config.FinalSigma == FinalSigma.Zero)
            throw new FormatException("algorithm_type 'dpmsolver' can not end without noise; set final_sigmas_type to 'sigma_min' or use 'dpmsolver++'");
        if (config.Algorithm == SolverAlgorithm.Stochastic && config.SolverOrder == 3)
            throw new FormatException("algorithm_type 'sde-dpmsolver' knows solver_order 1 and 2");
        if (ofNoise && config.PredictionType == PredictionType.Flow)
            throw new FormatException("prediction_type 'flow_prediction' needs algorithm_type 'dpmsolver++' or 'sde-dpmsolver++'");
    }
}
