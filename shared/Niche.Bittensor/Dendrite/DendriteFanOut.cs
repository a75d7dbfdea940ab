using Niche.Bittensor.Chain;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Dendrite;

/// <summary>Calls many axons, at most <see cref="DendriteOptions.MaxConcurrentCalls"/> at once. One result per axon, whatever becomes of the others.</summary>
public static class DendriteFanOut
{
    /// <summary>Calls each axon with a synapse of its own; results in the order of the axons.</summary>
    /// <param name="dendrite">Who calls.</param>
    /// <param name="axons">Who to call.</param>
    /// <param name="synapse">The request for each axon.</param>
    /// <param name="timeout">For each call, from its own start.</param>
    /// <param name="ct">Stops all calls.</param>
    /// <param name="deadline">For all calls together: those still running or waiting then end as <see cref="SynapseOutcome.Timeout"/>. Null for none.</param>
    /// <exception cref="OperationCanceledException">Only when <paramref name="ct"/> was cancelled.</exception>
    public static async Task<IReadOnlyList<SynapseResult<T>>> CallManyAsync<T>(
        this DendriteClient dendrite,
        IReadOnlyList<AxonEndpoint> axons,
        Func<AxonEndpoint, T> synapse,
        TimeSpan timeout,
        CancellationToken ct,
        TimeSpan? deadline = null)
        where T : Synapse
    {
        ArgumentNullException.ThrowIfNull(dendrite);
        ArgumentNullException.ThrowIfNull(axons);
        ArgumentNullException.ThrowIfNull(synapse);
        var results = new SynapseResult<T>[axons.Count];
        var started = dendrite.Time.GetTimestamp();
        var limit = new ParallelOptions { MaxDegreeOfParallelism = dendrite.Options.MaxConcurrentCalls, CancellationToken = ct };
        await Parallel.ForAsync(0, axons.Count, limit, async (i, token) =>
        {
            var left = deadline - dendrite.Time.GetElapsedTime(started) ?? timeout;
            results[i] = left > TimeSpan.Zero
                ? await dendrite.CallAsync(axons[i], synapse(axons[i]), left < timeout ? left : timeout, token)
                : NotReached<T>(axons[i]);
        });
        return results;
    }

    /// <summary>Calls every axon with the same synapse.</summary>
    public static Task<IReadOnlyList<SynapseResult<T>>> CallManyAsync<T>(
        this DendriteClient dendrite, IReadOnlyList<AxonEndpoint> axons, T synapse, TimeSpan timeout, CancellationToken ct, TimeSpan? deadline = null)
        where T : Synapse => dendrite.CallManyAsync(axons, _ => synapse, timeout, ct, deadline);

    /// <summary>Calls every neuron of the metagraph that serves an axon, in the order of uids; the dendrite's own hotkey is left out.</summary>
    public static Task<IReadOnlyList<SynapseResult<T>>> CallManyAsync<T>(
        this DendriteClient dendrite, Metagraph metagraph, T synapse, TimeSpan timeout, CancellationToken ct, TimeSpan? deadline = null)
        where T : Synapse
    {
        ArgumentNullException.ThrowIfNull(dendrite);
        ArgumentNullException.ThrowIfNull(metagraph);
        AxonEndpoint[] axons = [.. metagraph.Neurons.Where(neuron => neuron.Hotkey != dendrite.Address).Select(neuron => neuron.Axon).OfType<AxonEndpoint>()];
        return dendrite.CallManyAsync(axons, synapse, timeout, ct, deadline);
    }

    private static SynapseResult<T> NotReached<T>(AxonEndpoint axon)
        where T : Synapse => new()
    {
        Axon = axon,
        StatusCode = 408,
        StatusMessage = "The deadline of all calls passed before this one began",
        Outcome = SynapseOutcome.Timeout,
        ProcessTime = TimeSpan.Zero,
    };
}
