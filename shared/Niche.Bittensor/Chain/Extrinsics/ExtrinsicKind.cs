namespace Niche.Bittensor.Chain.Extrinsics;

/// <summary>Who vouches for an extrinsic.</summary>
public enum ExtrinsicKind
{
    /// <summary>Nobody: inherents of the block's author, and unsigned calls.</summary>
    Bare,

    /// <summary>An address and a signature.</summary>
    KeySigned,

    /// <summary>The transaction extensions alone (format 5).</summary>
    General,
}
