using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Niche.Subnet.Errors;
using Niche.Subnet.Jobs;
using Niche.Subnet.Policy;

namespace Niche.Storage.Jobs;

/// <summary>
/// The one way into the system, for every door: validates, bounds, makes the job durable and queues its units. When it answers with a job,
/// that job will become final even if this process dies in the next instant.
/// </summary>
public sealed class JobService(
    JobStore jobs, IQueueStore queues, ITableStore tables, IBlobStore blobs, SubnetPolicy policy, JobLimits limits, TimeProvider time)
{
    private const int MaxKeyCharacters = 200;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly JsonTable<IdempotencyRecord> _keys = new(tables, WorkNames.Idempotency);

    /// <summary>Submits a draft.</summary>
    public async Task<Submission> SubmitAsync(JobDraft draft, SubmitOptions options, CancellationToken ct)
    {
        if (options.IdempotencyKey is { Length: 0 or > MaxKeyCharacters })
        {
            return Submission.Refused(ErrorCatalogue.OutOfRange(ErrorCodes.InvalidParameter, "Idempotency-Key", 1, MaxKeyCharacters));
        }

        Result<JobRequest> request = JobRequestValidator.Validate(draft, policy, RandomNumberGenerator.GetInt32(int.MaxValue));
        if (!request.IsSuccess) return Submission.Refused(request.Errors);
        string jobId = TimeOrderedId.Create(time.GetUtcNow());
        if (options.IdempotencyKey is { } key)
        {
            IdempotencyRecord record = await ReserveAsync(options, key, new IdempotencyRecord(jobId, Digest(draft)), ct).ConfigureAwait(false);
            if (record.RequestDigest != Digest(draft))
            {
                return Submission.Refused(ErrorCatalogue.Create(ErrorCodes.IdempotencyConflict,
                    "This Idempotency-Key came with another request before. Use a new key for a new request.", "Idempotency-Key"));
            }

            if (await jobs.GetAsync(record.JobId, ct).ConfigureAwait(false) is { } first) return new Submission(first.Job, [], true, []);
            jobId = record.JobId;
        }

        if (await IsFullAsync(request.Value, ct).ConfigureAwait(false) is { } full) return Submission.Refused(full);
        Job job = new(jobId, options.Door, request.Value, time.GetUtcNow(), options.Owner);
        // Before the rows: whoever finds the job finds its picture.
        if (draft.Picture is { } picture)
            await blobs.PutAsync(WorkNames.Images, WorkNames.GivenPicture(jobId), picture, "application/octet-stream", ct).ConfigureAwait(false);
        if (options.Accepting is { } keep) await keep(job, ct).ConfigureAwait(false);
        await jobs.CreateAsync(job, ct).ConfigureAwait(false);
        return new Submission(job, [], false, await QueueAsync(job, options.HideFor, ct).ConfigureAwait(false));
    }

    /// <summary>Forgets keys of jobs from before a moment; whoever repeats such a request gets a new job.</summary>
    /// <returns>Number of keys forgotten.</returns>
    public async Task<int> ForgetKeysAsync(DateTimeOffset before, CancellationToken ct)
    {
        string firstKept = TimeOrderedId.Create(before);
        int forgotten = 0;
        await foreach (TableRow row in tables.QueryAllAsync(WorkNames.Idempotency, ct).ConfigureAwait(false))
        {
            if (await _keys.GetAsync(row.Partition, row.Row, ct).ConfigureAwait(false) is not { } record
                || string.CompareOrdinal(record.JobId, firstKept) >= 0) continue;
            await _keys.DeleteAsync(row.Partition, row.Row, ct).ConfigureAwait(false);
            forgotten++;
        }

        return forgotten;
    }

    private async Task<IdempotencyRecord> ReserveAsync(SubmitOptions options, string key, IdempotencyRecord wanted, CancellationToken ct)
    {
        // Hashed: a key is the caller's own text and need not be a legal row key. Nobody gets another's job by guessing it.
        string whole = options.Owner is { } owner ? $"{owner}/{key}" : key;
        string row = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole)));
        return await _keys.UpdateAsync(options.Owner is null ? options.Door : options.Door + "-owned", row, before => before is null ? wanted : null, ct).ConfigureAwait(false) ?? wanted;
    }

    private async Task<NicheError?> IsFullAsync(JobRequest request, CancellationToken ct)
    {
        int waiting = await jobs.CountWaitingAsync(request.Model, null, limits.MaxWaitingUnits, ct).ConfigureAwait(false);
        return waiting + request.Count <= limits.MaxWaitingUnits ? null : ErrorCatalogue.Create(ErrorCodes.QueueFull,
            FormattableString.Invariant($"{waiting} pictures are waiting already. Try again in a minute."), retryAfter: TimeSpan.FromMinutes(1));
    }

    private async Task<List<QueueReceipt>> QueueAsync(Job job, TimeSpan? hideFor, CancellationToken ct)
    {
        List<QueueReceipt> messages = [];
        for (int i = 0; i < job.Request.Count; i++)
        {
            string body = JsonSerializer.Serialize(new UnitMessage(job.Id, i), Json);
            messages.Add(await queues.PutAsync(WorkNames.OrganicJobs, body, hideFor, null, ct).ConfigureAwait(false));
        }

        return messages;
    }

    private static string Digest(JobDraft draft) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(draft, Json)));
}
