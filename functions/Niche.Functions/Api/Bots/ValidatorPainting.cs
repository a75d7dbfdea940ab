using Niche.Bots.Ports;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;
using Niche.Validator.Organic;

namespace Niche.Functions.Api.Bots;

/// <summary>Jobs of the bots go the way of all others: run here at once when nobody waits before them, and durable in any case.</summary>
public sealed class ValidatorPainting(DirectRunner runner, JobStore jobs, JobEvents events) : IPainting
{
    /// <inheritdoc/>
    public Task<Submission> SubmitAsync(JobDraft draft, string door, string idempotencyKey, CancellationToken ct) =>
        runner.SubmitAsync(draft, door, idempotencyKey, ct);

    /// <inheritdoc/>
    public async Task<JobSnapshot?> CancelAsync(string jobId, CancellationToken ct)
    {
        JobSnapshot? job = await jobs.CancelAsync(jobId, ct).ConfigureAwait(false);
        events.Changed(jobId);
        return job;
    }
}
