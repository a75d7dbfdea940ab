using System.Collections.Concurrent;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;
using Niche.Validator.Network;

namespace Niche.Validator.Organic;

/// <summary>Place in the queue and expected time, from what the last units really took.</summary>
public sealed class WaitingTimes(JobStore jobs, MinerStore miners)
{
    private const double Smoothing = 0.2;
    private const int MaxCounted = 1000;
    private static readonly TimeSpan FirstGuess = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, double> _seconds = new(StringComparer.Ordinal);

    /// <summary>Learns from a finished unit.</summary>
    public void Learn(string model, TimeSpan took) => _seconds.AddOrUpdate(
        model, took.TotalSeconds, (_, mean) => mean + Smoothing * (took.TotalSeconds - mean));

    /// <summary>Units before the job and time to its end; nulls when the job is final.</summary>
    public async Task<(int? Position, TimeSpan? Eta)> EstimateAsync(JobSnapshot job, CancellationToken ct)
    {
        if (job.IsFinal) return (null, null);
        string model = job.Job.Request.Model;
        int before = job.Status == JobStatus.Queued ? await jobs.CountWaitingAsync(model, job.Job.Id, MaxCounted, ct).ConfigureAwait(false) : 0;
        int serving = 0;
        foreach (MinerRecord miner in await miners.ListAsync(ct).ConfigureAwait(false))
        {
            if (miner.Serves(model)) serving++;
        }

        double each = _seconds.GetValueOrDefault(model, FirstGuess.TotalSeconds);
        int open = before + job.Units.Count - job.Done;
        double seconds = Math.Ceiling((double)open / Math.Max(1, serving)) * each;
        return (job.Status == JobStatus.Queued ? before : null, TimeSpan.FromSeconds(seconds));
    }
}
