using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;

namespace Niche.Validator.Organic;

/// <summary>Waits for jobs without asking the store all the time.</summary>
public sealed class JobWaiter(JobStore jobs, JobEvents events, TimeProvider time)
{
    // Covers jobs that another instance runs; changes in this process arrive at once.
    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Returns the job as soon as <paramref name="enough"/> holds for it, or as it is after <paramref name="atMost"/>; null when there is none.
    /// </summary>
    public async Task<JobSnapshot?> WaitAsync(string jobId, TimeSpan atMost, Func<JobSnapshot, bool> enough, CancellationToken ct)
    {
        long start = time.GetTimestamp();
        while (true)
        {
            Task changed = events.NextAsync(jobId);
            JobSnapshot? job = await jobs.GetAsync(jobId, ct).ConfigureAwait(false);
            TimeSpan left = atMost - time.GetElapsedTime(start);
            if (job is null || job.IsFinal || enough(job) || left <= TimeSpan.Zero)
            {
                if (job is null or { IsFinal: true }) events.Forget(jobId);
                return job;
            }

            Task tick = Task.Delay(left < PollEvery ? left : PollEvery, time, ct);
            await Task.WhenAny(changed, tick).ConfigureAwait(false);
            ct.ThrowIfCancellationRequested();
        }
    }
}
