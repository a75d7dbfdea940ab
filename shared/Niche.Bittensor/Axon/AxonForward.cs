using Niche.Bittensor.Chain;
using Niche.Bittensor.Dendrite;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Axon;

/// <summary>
/// Layered axons: a public outer one proves, judges and counts callers, and hands what is left to an inner one on loopback or in a private
/// network, which serves nobody else (<see cref="OnlyFrom"/>).
/// </summary>
public static class AxonForward
{
    /// <summary>Serves a synapse by asking the inner axon; the outer axon's own hotkey signs there.</summary>
    /// <param name="outer">The public axon.</param>
    /// <param name="dendrite">A dendrite with the outer axon's hotkey.</param>
    /// <param name="inner">The axon that does the work.</param>
    /// <param name="longest">For callers that tell no timeout, and at most.</param>
    /// <param name="blacklist">As in <see cref="AxonOptions"/>.</param>
    /// <param name="priority">As in <see cref="AxonOptions"/>.</param>
    /// <param name="quota">As in <see cref="AxonOptions"/>.</param>
    public static AxonOptions AttachForward<T>(
        this AxonOptions outer,
        DendriteClient dendrite,
        AxonEndpoint inner,
        TimeSpan longest,
        Func<AxonCaller, CancellationToken, ValueTask<BlacklistDecision>>? blacklist = null,
        Func<AxonCaller, double>? priority = null,
        Func<AxonCaller, TimeSpan?>? quota = null)
        where T : Synapse
    {
        ArgumentNullException.ThrowIfNull(outer);
        return outer.Attach<T>(
            async (synapse, caller, ct) =>
            {
                var timeout = caller.Timeout is { } told && told > TimeSpan.Zero && told < longest ? told : longest;
                var result = await dendrite.CallAsync(inner, synapse, timeout, ct);
                return result.IsSuccess ? AxonReply.Success(result.Response) : FailureOf(result);
            },
            blacklist,
            priority,
            quota);
    }

    /// <summary>Makes an axon the inner one: it serves a single hotkey, and refuses all others before it looks at their signature.</summary>
    public static AxonOptions OnlyFrom(this AxonOptions inner, string outerHotkey)
    {
        ArgumentNullException.ThrowIfNull(inner);
        inner.KnownHotkeys = hotkey => string.Equals(hotkey, outerHotkey, StringComparison.Ordinal);
        return inner;
    }

    // What the inner axon says of the request is the caller's business; how it is reached is not.
    private static AxonReply<T> FailureOf<T>(SynapseResult<T> result)
        where T : Synapse => result.Outcome switch
    {
        SynapseOutcome.Rejected when result.StatusCode is not (401 or 403) =>
            AxonReply.Failure<T>(result.StatusCode, result.StatusMessage, result.RetryAfter),
        SynapseOutcome.ServerError => AxonReply.Failure<T>(result.StatusCode, result.StatusMessage, result.RetryAfter),
        SynapseOutcome.Timeout => AxonReply.Failure<T>(504, "The axon behind this one did not answer in time."),
        SynapseOutcome.Unreachable => AxonReply.Failure<T>(503, "The axon behind this one is not there."),
        _ => AxonReply.Failure<T>(502, "The axon behind this one gave no usable answer."),
    };
}
