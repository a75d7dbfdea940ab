namespace Niche.Bittensor.Chain;

/// <summary>What became of a call, coarse enough to switch on.</summary>
public enum ExtrinsicOutcome
{
    /// <summary>It is done: in a block and successful there, or not needed because the chain says it already.</summary>
    Done,

    /// <summary>It is in a block and failed there; the nonce is used up.</summary>
    Failed,

    /// <summary>It was refused before it got into a block, by us or by a node; nothing happened on the chain.</summary>
    Refused,

    /// <summary>It was not sent: no node could be reached, or it can not be signed for this runtime.</summary>
    NotSent,

    /// <summary>A node took it and nobody waited for a block.</summary>
    Submitted,

    /// <summary>It can not get into a block any more: its era passed.</summary>
    Expired,

    /// <summary>It can not get into a block any more: another extrinsic of the key used its nonce.</summary>
    Replaced,

    /// <summary>It was not seen in a block in time, but may still get into one.</summary>
    Unknown,
}
