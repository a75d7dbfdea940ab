namespace Niche.Inference.Schedulers;

/// <summary>How much of the clean sample and how much noise is in a sample at a level.</summary>
/// <param name="Alpha">Factor of the clean sample.</param>
/// <param name="Sigma">Factor of the noise.</param>
internal readonly record struct SignalAndNoise(double Alpha, double Sigma)
{
    /// <summary>Half the log signal-to-noise ratio; infinite where there is no noise.</summary>
    public double Lambda => Math.Log(Alpha) - Math.Log(Sigma);

    /// <summary>At a level of noise relative to the signal, or of flow matching.</summary>
    public static SignalAndNoise At(float level, bool flow)
    {
        if (flow) return new SignalAndNoise(1 - level, level);
        var alpha = 1 / Math.Sqrt(((double)level * level) + 1);
        return new SignalAndNoise(alpha, level * alpha);
    }
}
