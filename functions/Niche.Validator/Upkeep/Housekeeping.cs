using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;
using Niche.Subnet.Policy;
using Niche.Validator.Configuration;

namespace Niche.Validator.Upkeep;

/// <summary>
/// Throws away what is too old and what a dying process left half written, and puts units back on the queue whose message got lost between two of its writes.
/// </summary>
public sealed class Housekeeping(
    JobStore jobs, JobService service, IQueueStore queues, IBlobStore blobs, SubnetPolicy policy, IOptions<ValidatorOptions> options, TimeProvider time, ILogger<Housekeeping> log)
{
    private static readonly TimeSpan Orphaned = TimeSpan.FromMinutes(15);

    /// <summary>One pass.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        DateTimeOffset now = time.GetUtcNow();
        int requeued = 0, deleted = 0;
        HashSet<string> kept = new(StringComparer.Ordinal);
        await foreach (JobSnapshot job in jobs.ListAsync(ct).ConfigureAwait(false))
        {
            TimeSpan age = now - job.Job.CreatedAt;
            if (job.IsFinal && age > TimeSpan.FromDays(options.Value.RetentionDays))
            {
                await DeleteAsync(job, ct).ConfigureAwait(false);
                deleted++;
                continue;
            }

            kept.Add(job.Job.Id);
            if (!job.IsFinal && age > Orphaned)
            {
                requeued += await RequeueAsync(job, ct).ConfigureAwait(false);
            }
        }

        await service.ForgetKeysAsync(now - TimeSpan.FromDays(options.Value.RetentionDays), ct).ConfigureAwait(false);
        int swept = 0;
        foreach (ModelPolicy model in policy.Models) swept += await jobs.SweepWaitingAsync(model.Name, now - Orphaned, ct).ConfigureAwait(false);
        int halves = await jobs.SweepUnfinishedAsync(now - Orphaned, ct).ConfigureAwait(false) + await SweepBlobsAsync(kept, now - Orphaned, ct).ConfigureAwait(false);
        if (halves > 0) log.LogInformation("Housekeeping: {Halves} rows and files deleted that belong to no job.", halves);
        if (swept > 0) log.LogInformation("Housekeeping: {Swept} units taken off the waiting list that did not wait.", swept);
        if (deleted + requeued > 0) log.LogInformation("Housekeeping: {Deleted} old jobs deleted, {Requeued} lost units queued again.", deleted, requeued);
    }

    private async Task DeleteAsync(JobSnapshot job, CancellationToken ct)
    {
        await foreach (BlobInfo picture in blobs.ListAsync(WorkNames.Images, job.Job.Id + "/", ct).ConfigureAwait(false))
            await blobs.DeleteAsync(WorkNames.Images, picture.Name, ct).ConfigureAwait(false);
        await jobs.DeleteAsync(job, ct).ConfigureAwait(false);
    }

    // A picture is written before the rows of its job: who dies in between leaves it alone.
    private async Task<int> SweepBlobsAsync(HashSet<string> jobsKept, DateTimeOffset before, CancellationToken ct)
    {
        List<string> orphans = [];
        await foreach (BlobInfo blob in blobs.ListAsync(WorkNames.Images, null, ct).ConfigureAwait(false))
        {
            if (blob.CreatedOn < before && !jobsKept.Contains(blob.Name.Split('/')[0])) orphans.Add(blob.Name);
        }

        foreach (string orphan in orphans) await blobs.DeleteAsync(WorkNames.Images, orphan, ct).ConfigureAwait(false);
        return orphans.Count;
    }

    // One message too many does no harm: a unit becomes final once.
    private async Task<int> RequeueAsync(JobSnapshot job, CancellationToken ct)
    {
        JobUnit[] open = [.. job.Units.Where(unit => !unit.IsFinal)];
        foreach (JobUnit unit in open)
        {
            string body = JsonSerializer.Serialize(new UnitMessage(unit.JobId, unit.Index), JsonSerializerOptions.Web);
            await queues.PutAsync(WorkNames.OrganicJobs, body, null, null, ct).ConfigureAwait(false);
        }

        return open.Length;
    }
}
