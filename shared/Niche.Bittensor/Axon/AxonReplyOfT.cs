using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Axon;

/// <summary>A handler's answer: a synapse, or an honest failure. Made by <see cref="AxonReply"/>.</summary>
/// <typeparam name="T">The synapse type.</typeparam>
public sealed record AxonReply<T>
    where T : Synapse
{
    internal AxonReply()
    {
    }

    /// <summary>The filled synapse; null on failure.</summary>
    public T? Synapse { get; internal init; }

    /// <summary>200, or 400 to 599.</summary>
    public int StatusCode { get; internal init; }

    /// <summary>One line for the caller.</summary>
    public string StatusMessage { get; internal init; } = "";

    /// <summary>When to try again; sent as Retry-After in whole seconds, rounded up.</summary>
    public TimeSpan? RetryAfter { get; internal init; }
}
