using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Niche.Bittensor.Axon;
using Niche.Miner.Admission;
using Niche.Miner.Work;

namespace Niche.Miner.Status;

/// <summary>Counts how requests end, for <c>/status</c> and for the meter <c>Niche.Miner</c>. Knows outcomes and times, never what was asked.</summary>
public sealed class Tally
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Niche.Miner";

    private readonly ConcurrentDictionary<WorkOutcome, long> _counts = new();
    private readonly TimeProvider _time;
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _duration;
    private volatile LastError? _lastError;

    /// <summary>Counters over a meter.</summary>
    public Tally(IMeterFactory meters, FairGate gate, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _time = time;
        var meter = meters.Create(MeterName);
        _requests = meter.CreateCounter<long>("niche.miner.requests", "{request}", "Requests by synapse and outcome.");
        _duration = meter.CreateHistogram<double>("niche.miner.duration", "s", "Time from admission to the end of the answer.");
        meter.CreateObservableGauge("niche.miner.running", () => gate.Running, "{request}", "Requests at work.");
        meter.CreateObservableGauge("niche.miner.waiting", () => gate.Waiting, "{request}", "Requests waiting for a turn.");
    }

    /// <summary>Requests by outcome, snake_case names.</summary>
    public IReadOnlyDictionary<string, long> Counts =>
        _counts.ToDictionary(pair => JsonNamingPolicy.SnakeCaseLower.ConvertName(pair.Key.ToString()), pair => pair.Value);

    /// <summary>The last failure; null when there was none.</summary>
    public LastError? LastError => _lastError;

    /// <summary>Notes the end of one request.</summary>
    public void Note(string synapse, WorkOutcome outcome, TimeSpan elapsed, string? message = null)
    {
        _counts.AddOrUpdate(outcome, 1, (_, count) => count + 1);
        var tags = new KeyValuePair<string, object?>[] { new("synapse", synapse), new("outcome", outcome.ToString()) };
        _requests.Add(1, tags);
        _duration.Record(elapsed.TotalSeconds, tags);

        // Words of a refused request may repeat the caller's; only our own failures are kept.
        if (outcome is WorkOutcome.EndpointBusy or WorkOutcome.EndpointDown or WorkOutcome.EndpointFailed or WorkOutcome.Late or WorkOutcome.Fault)
            _lastError = new LastError(_time.GetUtcNow(), outcome.ToString(), message ?? "");
    }
}
