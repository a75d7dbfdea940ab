using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Axon;

/// <summary>Makes replies.</summary>
public static class AxonReply
{
    /// <summary>The work is done; the synapse travels back with status 200.</summary>
    public static AxonReply<T> Success<T>(T synapse)
        where T : Synapse
    {
        ArgumentNullException.ThrowIfNull(synapse);
        return new AxonReply<T> { Synapse = synapse, StatusCode = 200, StatusMessage = "Success" };
    }

    /// <summary>The work is not done, and the caller is told so: an HTTP status from 400 to 599, a short message, and when to try again.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Another status: a failure never travels as success.</exception>
    public static AxonReply<T> Failure<T>(int statusCode, string message, TimeSpan? retryAfter = null)
        where T : Synapse
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(statusCode, 400);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(statusCode, 599);
        ArgumentNullException.ThrowIfNull(message);
        return new AxonReply<T> { StatusCode = statusCode, StatusMessage = message, RetryAfter = retryAfter };
    }
}
