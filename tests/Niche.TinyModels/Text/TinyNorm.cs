namespace Niche.TinyModels.Text;

/// <summary>Norms of the families.</summary>
public enum TinyNorm
{
    /// <summary>Root mean square times a weight.</summary>
    Rms,

    /// <summary>Root mean square times one more than the weight.</summary>
    RmsPlusOne,

    /// <summary>Mean and variance, weight and bias.</summary>
    Layer,
}
