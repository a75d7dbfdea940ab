namespace Niche.Bittensor.Chain.Submission;

/// <summary>How long to wait for an extrinsic.</summary>
public enum SubmitWait
{
    /// <summary>Until it is in a block of the best chain.</summary>
    Inclusion,

    /// <summary>Until that block is final.</summary>
    Finalization,

    /// <summary>Until a node has taken it.</summary>
    None,
}
