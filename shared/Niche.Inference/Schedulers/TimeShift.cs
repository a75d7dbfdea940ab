namespace Niche.Inference.Schedulers;

/// <summary>How a resolution-dependent shift bends the time of flow matching (<c>time_shift_type</c>).</summary>
public enum TimeShift
{
    /// <summary>By e^mu (Flux, SD3).</summary>
    Exponential,

    /// <summary>By mu itself.</summary>
    Linear,
}
