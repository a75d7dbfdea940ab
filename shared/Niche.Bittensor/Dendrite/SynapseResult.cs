using System.Diagnostics.CodeAnalysis;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Dendrite;

/// <summary>The end of one call. A peer's fault is data here, never an exception.</summary>
/// <typeparam name="T">The synapse type.</typeparam>
public sealed record SynapseResult<T>
    where T : Synapse
{
    /// <summary>Who was called.</summary>
    public required AxonEndpoint Axon { get; init; }

    /// <summary>The axon's synapse; only on success. The request object is untouched, so compare it with this, not the other way round.</summary>
    public T? Response { get; init; }

    /// <summary>The axon's status, or what a stock dendrite reports for the same fault: 408 timeout, 503 unreachable, 422 malformed, 413 too large.</summary>
    public required int StatusCode { get; init; }

    /// <summary>The axon's words (cut to 1,024 characters, untrusted) or ours.</summary>
    public required string StatusMessage { get; init; }

    /// <summary>How it ended.</summary>
    public required SynapseOutcome Outcome { get; init; }

    /// <summary>From just before sending to the last byte, as measured here.</summary>
    public required TimeSpan ProcessTime { get; init; }

    /// <summary>The time the axon claims to have spent.</summary>
    public TimeSpan? AxonProcessTime { get; init; }

    /// <summary>How long the axon asks to be left alone (Retry-After, at most one day).</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True when <see cref="Response"/> is there.</summary>
    [MemberNotNullWhen(true, nameof(Response))]
    public bool IsSuccess => Outcome == SynapseOutcome.Success && Response is not null;
}
