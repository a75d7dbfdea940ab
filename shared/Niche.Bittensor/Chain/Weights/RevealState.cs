namespace Niche.Bittensor.Chain.Weights;

/// <summary>How it stands with a hashed commit.</summary>
public enum RevealState
{
    /// <summary>It may still come into a block.</summary>
    Unconfirmed,

    /// <summary>On chain; its epoch is still to come.</summary>
    Waiting,

    /// <summary>On chain, and this is its epoch.</summary>
    Due,

    /// <summary>Its epoch has passed; its weights never count.</summary>
    Expired,

    /// <summary>Not on chain and too old to get there: refused, revealed already, or removed.</summary>
    Gone,
}
