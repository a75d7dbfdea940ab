namespace Niche.Bittensor.Chain.Weights;

/// <summary>How weights come on chain.</summary>
public enum WeightMethod
{
    /// <summary>Openly, at once.</summary>
    Set,

    /// <summary>Locked to a drand round; the chain opens them by itself.</summary>
    Timelock,

    /// <summary>A salted hash first; the validator reveals the weights in the right epoch.</summary>
    Hash,
}
