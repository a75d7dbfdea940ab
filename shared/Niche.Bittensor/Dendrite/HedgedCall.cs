using Niche.Bittensor.Chain;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Dendrite;

/// <summary>Asks one axon, and the next when the last one takes long or fails; the first good answer wins and the others are cancelled.</summary>
internal sealed class HedgedCall<T>(
    DendriteClient dendrite, IReadOnlyList<AxonEndpoint> axons, T synapse, TimeSpan timeout, TimeProvider time, Func<SynapseResult<T>, bool> accept)
    where T : Synapse
{
    private readonly long _started = time.GetTimestamp();
    private readonly List<Task<SynapseResult<T>>> _calls = [];

    public async Task<HedgedResult<T>> RunAsync(TimeSpan delay, int maxCalls, CancellationToken ct)
    {
        using var race = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var winner = await RaceAsync(delay, Math.Min(maxCalls, axons.Count), race.Token, ct);
        await race.CancelAsync();
        var results = await Task.WhenAll(_calls);
        ct.ThrowIfCancellationRequested();
        return new HedgedResult<T>(winner ?? results[0], results);
    }

    private async Task<SynapseResult<T>?> RaceAsync(TimeSpan delay, int most, CancellationToken race, CancellationToken ct)
    {
        List<Task<SynapseResult<T>>> open = [];
        Start(open, race, ct);
        while (open.Count > 0)
        {
            var patience = _calls.Count < most ? Task.Delay(delay, time, race) : null;
            var first = await Task.WhenAny(patience is null ? open : [.. open, patience]);
            if (first is Task<SynapseResult<T>> call)
            {
                open.Remove(call);
                var result = await call;
                if (accept(result)) return result;
            }

            if (_calls.Count < most && timeout > time.GetElapsedTime(_started)) Start(open, race, ct);
        }

        return null;
    }

    private void Start(List<Task<SynapseResult<T>>> open, CancellationToken race, CancellationToken ct)
    {
        var call = CallAsync(axons[_calls.Count], race, ct);
        _calls.Add(call);
        open.Add(call);
    }

    private async Task<SynapseResult<T>> CallAsync(AxonEndpoint axon, CancellationToken race, CancellationToken ct)
    {
        var begun = time.GetTimestamp();
        try
        {
            return await dendrite.CallAsync(axon, synapse, timeout - time.GetElapsedTime(_started, begun), race);
        }
        catch (OperationCanceledException) when (race.IsCancellationRequested)
        {
            return new SynapseResult<T>
            {
                Axon = axon,
                StatusCode = 499,
                StatusMessage = ct.IsCancellationRequested ? "The call was given up" : "Another axon answered first",
                Outcome = SynapseOutcome.Cancelled,
                ProcessTime = time.GetElapsedTime(begun),
            };
        }
    }
}
