namespace Niche.Bittensor.Chain.Weights;

/// <summary>What was done about weights.</summary>
public enum WeightStep
{
    /// <summary>They were not sent: the chain was sure to refuse them.</summary>
    Kept,

    /// <summary>They were set openly.</summary>
    Set,

    /// <summary>They were committed under a timelock; the chain reveals them.</summary>
    Timelocked,

    /// <summary>Their hash was committed; they must be revealed.</summary>
    Committed,

    /// <summary>A commit was revealed.</summary>
    Revealed,

    /// <summary>A commit's epoch has passed without a reveal; its weights never count.</summary>
    Expired,
}
