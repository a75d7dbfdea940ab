using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;

namespace Niche.Bots.Ports;

/// <summary>The way in for jobs, as the validator runs them.</summary>
public interface IPainting
{
    /// <summary>Submits a draft; durable when this returns.</summary>
    Task<Submission> SubmitAsync(JobDraft draft, string door, string idempotencyKey, CancellationToken ct);

    /// <summary>Calls a job off; finished pictures are kept. Null when there is no such job.</summary>
    Task<JobSnapshot?> CancelAsync(string jobId, CancellationToken ct);
}
