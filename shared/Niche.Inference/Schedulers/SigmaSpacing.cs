namespace Niche.Inference.Schedulers;

/// <summary>How the noise levels of a run are spread (<c>use_karras_sigmas</c>, <c>use_exponential_sigmas</c> and their like).</summary>
public enum SigmaSpacing
{
    /// <summary>As the timesteps fall.</summary>
    Timesteps,

    /// <summary>Even in the seventh root (Karras et al., "Elucidating the Design Space", equation 5).</summary>
    Karras,

    /// <summary>Even in the logarithm.</summary>
    Exponential,

    /// <summary>By quantiles of the Beta(0.6, 0.6) distribution (Lee et al., "Beta Sampling is All You Need").</summary>
    Beta,

    /// <summary>Even in half the log signal-to-noise ratio (Lu et al., DPM-Solver).</summary>
    Lu,

    /// <summary>Even in time and shifted, for flow matching (<c>use_flow_sigmas</c>).</summary>
    Flow,
}
