namespace Niche.Inference.Schedulers;

/// <summary>What the denoiser predicts (<c>prediction_type</c>).</summary>
public enum PredictionType
{
    /// <summary>The noise.</summary>
    Epsilon,

    /// <summary>The velocity of Salimans and Ho, "Progressive Distillation" (2022).</summary>
    VPrediction,

    /// <summary>The clean sample.</summary>
    Sample,

    /// <summary>Noise minus clean sample (flow matching).</summary>
    Flow,
}
