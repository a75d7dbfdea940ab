namespace Niche.Bittensor.Chain;

/// <summary>Why the chain could not be read, coarse enough to switch on.</summary>
public enum SubtensorError
{
    /// <summary>Not said.</summary>
    Unspecified,

    /// <summary>No connection; nothing was sent.</summary>
    Unreachable,

    /// <summary>The connection broke before the answer was complete.</summary>
    Disconnected,

    /// <summary>No complete answer before the deadline.</summary>
    Timeout,

    /// <summary>The answer is larger than allowed.</summary>
    TooLarge,

    /// <summary>The answer is not what was asked for: no JSON-RPC, another id, wrong types, impossible numbers, metadata that does not read.</summary>
    Malformed,

    /// <summary>The node answered with an error of its own; see <see cref="SubtensorException.NodeCode"/>.</summary>
    Refused,

    /// <summary>The node asks for fewer calls.</summary>
    RateLimited,

    /// <summary>The node serves another chain: its genesis block differs.</summary>
    WrongChain,

    /// <summary>The node's chain ends far before blocks that were seen already.</summary>
    Behind,

    /// <summary>The node or its runtime does not know what was asked for: a call, a storage item, a subnet, a subscription.</summary>
    Unsupported,
}
