namespace Niche.Inference.Schedulers;

/// <summary>The noise variances of training (<c>beta_schedule</c>).</summary>
public enum BetaSchedule
{
    /// <summary>Even in beta.</summary>
    Linear,

    /// <summary>Even in the root of beta (latent diffusion).</summary>
    ScaledLinear,

    /// <summary>The cosine schedule of Nichol and Dhariwal (2021), capped at 0.999.</summary>
    SquaredCosine,
}
