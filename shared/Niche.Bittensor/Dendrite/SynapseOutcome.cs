namespace Niche.Bittensor.Dendrite;

/// <summary>How a call ended, coarse enough to switch on.</summary>
public enum SynapseOutcome
{
    /// <summary>The axon answered and says it succeeded.</summary>
    Success,

    /// <summary>No complete answer within the timeout.</summary>
    Timeout,

    /// <summary>No connection, or it broke before a complete answer.</summary>
    Unreachable,

    /// <summary>The axon refused: a 4xx such as 401, 403 or 429.</summary>
    Rejected,

    /// <summary>The axon failed: a 5xx, or HTTP 200 with a failure status inside.</summary>
    ServerError,

    /// <summary>The answer is not this synapse: no JSON, wrong types, missing fields, wrong content type.</summary>
    Malformed,

    /// <summary>The answer is larger than allowed.</summary>
    TooLarge,

    /// <summary>We stopped listening to a stream before its end.</summary>
    Cancelled,
}
