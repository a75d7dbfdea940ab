using System.Collections.Concurrent;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;

namespace Niche.Validator.Organic;

/// <summary>Place in the queue and expected time, from the pace at which the last units were really finished.</summary>
public sealed class WaitingTimes(JobStore jobs, TimeProvider time)
{
    private const int MaxCounted = 1000;
    private static readonly TimeSpan FirstGuess = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, Pace> _paces = new(StringComparer.Ordinal);

    /// <summary>Learns from a unit that is finished now.</summary>
    public void Learn(string model, TimeSpan took) => PaceOf(model).Learn(took, time.GetUtcNow());

    /// <summary>A unit is handed to miners from here on, until the result is disposed.</summary>
    public IDisposable Begin(string model) => PaceOf(model).Begin();

    /// <summary>Units before the job and time to its end; nulls when the job is final.</summary>
    public async Task<(int? Position, TimeSpan? Eta)> EstimateAsync(JobSnapshot job, CancellationToken ct)
    {
        if (job.IsFinal) return (null, null);
        string model = job.Job.Request.Model;
        int before = job.Status == JobStatus.Queued ? await jobs.CountWaitingAsync(model, job.Job.Id, MaxCounted, ct).ConfigureAwait(false) : 0;
        // What runs in this process stands before those that wait; a job's own running units are among it.
        int running = Math.Max(PaceOf(model).Running, job.Units.Count(unit => unit.Status == JobStatus.Running));
        int open = before + running + job.Units.Count(unit => unit.Status == JobStatus.Queued);
        TimeSpan eta = PaceOf(model).Until(open) ?? open * FirstGuess;
        return (job.Status == JobStatus.Queued ? before : null, eta);
    }

    private Pace PaceOf(string model) => _paces.GetOrAdd(model, _ => new Pace());
}
