namespace Niche.Bittensor.Chain;

/// <summary>
/// The chain could not be read: unreachable, refused, or an answer that can not be understood. Messages name a node by scheme, host and port
/// only; user names, paths and queries of its address may hold secrets.
/// </summary>
public sealed class SubtensorException : Exception
{
    /// <summary>An empty instance.</summary>
    public SubtensorException()
    {
    }

    /// <summary>Says what was asked and what came back.</summary>
    public SubtensorException(string message)
        : base(message)
    {
    }

    /// <summary>Says what was asked, with the cause.</summary>
    public SubtensorException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Says why, what was asked and what came back.</summary>
    public SubtensorException(SubtensorError error, string message, Exception? innerException = null)
        : base(message, innerException) => Error = error;

    /// <summary>Why, in one word.</summary>
    public SubtensorError Error { get; init; }

    /// <summary>The node that answered last, as scheme, host and port; null when it is not one node's fault.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The node's own error code, for example 1010 for an extrinsic that is not valid.</summary>
    public int? NodeCode { get; init; }

    /// <summary>The node's own words, message and data, cut short; untrusted.</summary>
    public string? NodeText { get; init; }

    /// <summary>A node may have received the call, now or in an earlier attempt, although no answer says so.</summary>
    public bool MayHaveArrived { get; init; }
}
