using System.Globalization;
using System.Runtime.CompilerServices;
using Niche.Subnet.Jobs;

namespace Niche.Storage.Jobs;

/// <summary>
/// Jobs in table <c>jobs</c>: one partition per job with the fixed part, a row per unit, and a mark when it was called off. A unit becomes
/// final exactly once, whoever and how many work on it: every change goes through the row's ETag.
/// </summary>
public sealed class JobStore(ITableStore tables, TimeProvider time)
{
    private const string JobRow = "job";
    private const string CancelRow = "cancel";
    private const string UnitPrefix = "unit-";
    private const string AfterUnits = "unit.";

    private readonly JsonTable<Job> _jobs = new(tables, WorkNames.Jobs);
    private readonly JsonTable<JobUnit> _units = new(tables, WorkNames.Jobs);
    private readonly JsonTable<WaitingUnit> _waiting = new(tables, WorkNames.Waiting);

    /// <summary>Writes a job and its queued units; doing it again after a crash changes nothing that is there.</summary>
    public async Task CreateAsync(Job job, CancellationToken ct)
    {
        for (int i = 0; i < job.Request.Count; i++)
        {
            await _waiting.UpsertAsync(job.Request.Model, WaitingKey(job.Id, i), new WaitingUnit(job.Id, i), ct).ConfigureAwait(false);
            if (await _units.InsertAsync(job.Id, UnitKey(i), new JobUnit(job.Id, i, JobStatus.Queued), ct).ConfigureAwait(false)) continue;
            await StopWaitingUnlessQueuedAsync(job.Request.Model, job.Id, i, ct).ConfigureAwait(false);
        }

        // Last, because a job whose fixed part can be read is complete.
        await _jobs.InsertAsync(job.Id, JobRow, job, ct).ConfigureAwait(false);
    }

    /// <summary>Reads a job with its units; null when there is none.</summary>
    public async Task<JobSnapshot?> GetAsync(string jobId, CancellationToken ct)
    {
        if (!TimeOrderedId.IsValid(jobId) || await _jobs.GetAsync(jobId, JobRow, ct).ConfigureAwait(false) is not { } job) return null;
        List<JobUnit> units = [];
        await foreach ((_, JobUnit unit) in _units.QueryAsync(jobId, UnitPrefix, AfterUnits, null, ct).ConfigureAwait(false)) units.Add(unit);
        return new JobSnapshot(job, units, await IsCancelRequestedAsync(jobId, ct).ConfigureAwait(false));
    }

    /// <summary>
    /// Claims a unit for an instance. Claimable is what is queued, or running under a lease that ran out or (<paramref name="soleInstance"/>)
    /// belongs to an instance that must be dead.
    /// </summary>
    /// <returns>The unit as it is now; it is claimed when its owner is <paramref name="owner"/> and <c>Claimed</c> is true.</returns>
    public async Task<UnitClaim?> ClaimAsync(string jobId, int index, string owner, bool soleInstance, TimeSpan lease, CancellationToken ct)
    {
        bool claimed = false;
        JobUnit? unit = await _units.UpdateAsync(jobId, UnitKey(index), before =>
        {
            DateTimeOffset now = time.GetUtcNow();
            claimed = before is not null && (before.Status == JobStatus.Queued || (before.Status == JobStatus.Running
                && (before.LeaseUntil <= now || (soleInstance && before.Owner != owner))));
            return claimed
                ? before! with { Status = JobStatus.Running, Owner = owner, LeaseUntil = now + lease, StartedAt = before.StartedAt ?? now }
                : null;
        }, ct).ConfigureAwait(false);
        if (unit is null) return null;
        if (claimed) await StopWaitingAsync(jobId, index, ct).ConfigureAwait(false);
        return new UnitClaim(unit, claimed);
    }

    /// <summary>Prolongs a lease; false when the unit is no longer the owner's.</summary>
    public async Task<bool> RenewAsync(JobUnit unit, TimeSpan lease, CancellationToken ct)
    {
        bool renewed = false;
        await _units.UpdateAsync(unit.JobId, UnitKey(unit.Index), before =>
        {
            renewed = before is { Status: JobStatus.Running } && before.Owner == unit.Owner;
            return renewed ? before! with { LeaseUntil = time.GetUtcNow() + lease } : null;
        }, ct).ConfigureAwait(false);
        return renewed;
    }

    /// <summary>Gives a claimed unit back: it waits again, with its attempts counted.</summary>
    public async Task ReleaseAsync(JobUnit unit, CancellationToken ct)
    {
        // Waiting first: whoever claims the unit in the next instant takes it from the list again.
        string? model = (await _jobs.GetAsync(unit.JobId, JobRow, ct).ConfigureAwait(false))?.Request.Model;
        if (model is not null)
            await _waiting.UpsertAsync(model, WaitingKey(unit.JobId, unit.Index), new WaitingUnit(unit.JobId, unit.Index), ct).ConfigureAwait(false);
        JobUnit? after = await _units.UpdateAsync(unit.JobId, UnitKey(unit.Index), before =>
            before is { Status: JobStatus.Running } && before.Owner == unit.Owner
                ? before with { Status = JobStatus.Queued, Owner = null, LeaseUntil = null, Attempts = unit.Attempts, Refused = unit.Refused }
                : null, ct).ConfigureAwait(false);
        if (model is not null && after is not { Status: JobStatus.Queued })
            await StopWaitingUnlessQueuedAsync(model, unit.JobId, unit.Index, ct).ConfigureAwait(false);
    }

    /// <summary>True when the owner called the job off.</summary>
    public async Task<bool> IsCancelRequestedAsync(string jobId, CancellationToken ct) =>
        await tables.GetAsync(WorkNames.Jobs, jobId, CancelRow, ct).ConfigureAwait(false) is not null;

    /// <summary>Makes a claimed unit final; false when it is no longer the owner's: then its work is void.</summary>
    public async Task<bool> FinishAsync(JobUnit unit, JobStatus status, UnitResult? result, UnitError? error, CancellationToken ct)
    {
        bool finished = false;
        await _units.UpdateAsync(unit.JobId, UnitKey(unit.Index), before =>
        {
            finished = before is { Status: JobStatus.Running } && before.Owner == unit.Owner;
            return finished
                ? before! with { Status = status, Result = result, Error = error, LeaseUntil = null, FinishedAt = time.GetUtcNow(), Attempts = unit.Attempts }
                : null;
        }, ct).ConfigureAwait(false);
        return finished;
    }

    /// <summary>Calls a job off: what still waits is final at once, what runs is told by <see cref="JobSnapshot.CancelRequested"/>.</summary>
    public async Task<JobSnapshot?> CancelAsync(string jobId, CancellationToken ct)
    {
        if (await GetAsync(jobId, ct).ConfigureAwait(false) is not { } job || job.IsFinal) return await GetAsync(jobId, ct).ConfigureAwait(false);
        await tables.UpsertAsync(WorkNames.Jobs, jobId, CancelRow, "{}", ct).ConfigureAwait(false);
        foreach (JobUnit unit in job.Units)
        {
            await _units.UpdateAsync(jobId, UnitKey(unit.Index), before => before is { Status: JobStatus.Queued }
                ? before with { Status = JobStatus.Cancelled, FinishedAt = time.GetUtcNow() }
                : null, ct).ConfigureAwait(false);
            await StopWaitingAsync(jobId, unit.Index, ct).ConfigureAwait(false);
        }

        return await GetAsync(jobId, ct).ConfigureAwait(false);
    }

    /// <summary>Units of a model that wait before a given job, counted up to <paramref name="atMost"/>.</summary>
    public async Task<int> CountWaitingAsync(string model, string? beforeJobId, int atMost, CancellationToken ct)
    {
        int count = 0;
        await foreach (var _ in _waiting.QueryAsync(model, null, beforeJobId, atMost, ct).ConfigureAwait(false)) count++;
        return count;
    }

    /// <summary>
    /// Takes off the waiting list what does not wait: a process that died between two writes leaves such rows, and they would count for ever.
    /// </summary>
    /// <param name="model">The list.</param>
    /// <param name="before">Only jobs accepted before this moment: younger ones may be in the middle of their writes.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>Number of rows taken off.</returns>
    public async Task<int> SweepWaitingAsync(string model, DateTimeOffset before, CancellationToken ct)
    {
        int swept = 0;
        await foreach ((string row, WaitingUnit waiting) in _waiting.QueryAsync(model, null, TimeOrderedId.Create(before), null, ct).ConfigureAwait(false))
        {
            bool waits = await _jobs.GetAsync(waiting.JobId, JobRow, ct).ConfigureAwait(false) is not null
                && await _units.GetAsync(waiting.JobId, UnitKey(waiting.Index), ct).ConfigureAwait(false) is { Status: JobStatus.Queued };
            if (waits) continue;
            await _waiting.DeleteAsync(model, row, ct).ConfigureAwait(false);
            swept++;
        }

        return swept;
    }

    /// <summary>All jobs, oldest first.</summary>
    public async IAsyncEnumerable<JobSnapshot> ListAsync([EnumeratorCancellation] CancellationToken ct)
    {
        string? last = null;
        await foreach (TableRow row in tables.QueryAllAsync(WorkNames.Jobs, ct).ConfigureAwait(false))
        {
            if (row.Partition == last) continue;
            last = row.Partition;
            if (await GetAsync(last, ct).ConfigureAwait(false) is { } job) yield return job;
        }
    }

    /// <summary>Deletes everything of a job but its receipts.</summary>
    public async Task DeleteAsync(JobSnapshot job, CancellationToken ct)
    {
        foreach (JobUnit unit in job.Units) await _units.DeleteAsync(job.Job.Id, UnitKey(unit.Index), ct).ConfigureAwait(false);
        await tables.DeleteAsync(WorkNames.Jobs, job.Job.Id, CancelRow, null, ct).ConfigureAwait(false);
        await _jobs.DeleteAsync(job.Job.Id, JobRow, ct).ConfigureAwait(false);
    }

    /// <summary>Deletes the units of jobs whose process died before the job itself was written, from before a moment.</summary>
    /// <returns>Number of rows deleted.</returns>
    public async Task<int> SweepUnfinishedAsync(DateTimeOffset before, CancellationToken ct)
    {
        string firstKept = TimeOrderedId.Create(before);
        List<TableRow> rows = [];
        string? last = null;
        bool isHalf = false;
        await foreach (TableRow row in tables.QueryAllAsync(WorkNames.Jobs, ct).ConfigureAwait(false))
        {
            if (row.Partition != last)
            {
                last = row.Partition;
                isHalf = string.CompareOrdinal(last, firstKept) < 0 && await _jobs.GetAsync(last, JobRow, ct).ConfigureAwait(false) is null;
            }

            if (isHalf) rows.Add(row);
        }

        foreach (TableRow row in rows) await tables.DeleteAsync(WorkNames.Jobs, row.Partition, row.Row, row.ETag, ct).ConfigureAwait(false);
        return rows.Count;
    }

    private async Task StopWaitingAsync(string jobId, int index, CancellationToken ct)
    {
        if (await _jobs.GetAsync(jobId, JobRow, ct).ConfigureAwait(false) is { } job)
            await _waiting.DeleteAsync(job.Request.Model, WaitingKey(jobId, index), ct).ConfigureAwait(false);
    }

    private async Task StopWaitingUnlessQueuedAsync(string model, string jobId, int index, CancellationToken ct)
    {
        if (await _units.GetAsync(jobId, UnitKey(index), ct).ConfigureAwait(false) is { Status: JobStatus.Queued }) return;
        await _waiting.DeleteAsync(model, WaitingKey(jobId, index), ct).ConfigureAwait(false);
    }

    private static string UnitKey(int index) => string.Create(CultureInfo.InvariantCulture, $"{UnitPrefix}{index:000}");

    private static string WaitingKey(string jobId, int index) => string.Create(CultureInfo.InvariantCulture, $"{jobId}-{index:000}");
}
