namespace Niche.Inference.Schedulers;

/// <summary>The variance that DDPM adds (<c>variance_type</c>); learned ones need a denoiser that predicts them and are refused.</summary>
public enum VarianceType
{
    /// <summary>That of the posterior.</summary>
    FixedSmall,

    /// <summary>That of the posterior, taken through its logarithm.</summary>
    FixedSmallLog,

    /// <summary>Beta.</summary>
    FixedLarge,
}
