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
                var result = await dendrite.CallAsync(inner, synapse, TimeoutOf(caller, longest), ct);
                if (result.IsSuccess) return AxonReply.Success(result.Response);
                var (status, message) = FailureOf(result.Outcome, result.StatusCode, result.StatusMessage);
                return AxonReply.Failure<T>(status, message, result.RetryAfter);
            },
            blacklist,
            priority,
            quota);
    }

    /// <summary>As <see cref="AttachForward{T}"/>, for synapses that the inner axon answers with a stream.</summary>
    public static AxonOptions AttachStreamForward<T>(
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
        return outer.AttachStream<T>(
            async (synapse, caller, ct) =>
            {
                var stream = dendrite.StreamAsync(inner, synapse, TimeoutOf(caller, longest));
                var pieces = stream.GetAsyncEnumerator(ct);
                if (await pieces.MoveNextAsync()) return AxonStreamReply.Success(RestAsync(stream, pieces));
                await pieces.DisposeAsync();
                var end = await stream.Completion;
                if (end.Outcome == SynapseOutcome.Success) return AxonStreamReply.Success(AsyncEnumerable.Empty<string>());
                var (status, message) = FailureOf(end.Outcome, end.StatusCode, end.StatusMessage);
                return AxonStreamReply.Failure(status, message, end.RetryAfter);
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

    // A stream that breaks behind us must break before us too: half an answer is none.
    private static async IAsyncEnumerable<string> RestAsync(SynapseStream stream, IAsyncEnumerator<string> pieces)
    {
        await using (pieces)
        {
            do yield return pieces.Current;
            while (await pieces.MoveNextAsync());
        }

        var end = await stream.Completion;
        if (end.Outcome != SynapseOutcome.Success) throw new IOException($"The stream behind this one broke: {end.StatusMessage}");
    }

    private static TimeSpan TimeoutOf(AxonCaller caller, TimeSpan longest) =>
        caller.Timeout is { } told && told > TimeSpan.Zero && told < longest ? told : longest;

    // What the inner axon says of the request is the caller's business; how it is reached is not.
    private static (int Status, string Message) FailureOf(SynapseOutcome outcome, int status, string message) => outcome switch
    {
        SynapseOutcome.Rejected when status is not (401 or 403) => (status, message),
        SynapseOutcome.ServerError => (status, message),
        SynapseOutcome.Timeout => (504, "The axon behind this one did not answer in time."),
        SynapseOutcome.Unreachable => (503, "The axon behind this one is not there."),
        _ => (502, "The axon behind this one gave no usable answer."),
    };
}
