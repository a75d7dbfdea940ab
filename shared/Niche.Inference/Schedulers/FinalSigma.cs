namespace Niche.Inference.Schedulers;

/// <summary>The noise level after the last step (<c>final_sigmas_type</c>).</summary>
public enum FinalSigma
{
    /// <summary>None.</summary>
    Zero,

    /// <summary>The smallest of training.</summary>
    Minimum,
}
