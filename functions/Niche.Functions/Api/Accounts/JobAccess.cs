using Microsoft.AspNetCore.Http;
using Niche.Bots.Orders;
using Niche.Storage.Jobs;
using Niche.Subnet.Errors;
using Niche.Subnet.Jobs;

namespace Niche.Functions.Api.Accounts;

/// <summary>
/// Who may look at a job and who may call it off. A job of nobody in particular is anybody's who knows its id; one that somebody ordered with a key, or where
/// nobody else saw it, is its owner's alone; one from a public channel can be looked at, and called off by its owner only. Others learn nothing, not even that it
/// exists.
/// </summary>
public sealed class JobAccess(JobStore jobs, OrderStore orders, CallerReader callers, PictureAddresses addresses)
{
    /// <summary>Finds a job for a caller.</summary>
    /// <param name="request">The request.</param>
    /// <param name="id">Id of the job, unchecked.</param>
    /// <param name="toChange">The caller wants to change it.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The job and whether it is the caller's own, or the error to answer with.</returns>
    public async Task<(JobSnapshot? Job, bool IsOwners, NicheError? Error)> FindAsync(HttpRequest request, string id, bool toChange, CancellationToken ct)
    {
        (Caller? caller, NicheError? error) = await callers.ReadAsync(request, ct).ConfigureAwait(false);
        if (error is not null) return (null, false, error);
        if (await jobs.GetAsync(id, ct).ConfigureAwait(false) is not { } job) return (null, false, NotFound(id));
        JobRight right = await RightAsync(job.Job, caller, ct).ConfigureAwait(false);
        bool may = right is JobRight.Anybody or JobRight.Owner || (right == JobRight.Look && !toChange);
        return may ? (job, right == JobRight.Owner, null) : (null, false, NotFound(id));
    }

    /// <summary>True when a picture may be handed out: by its signed address, or as its job.</summary>
    public async Task<bool> MayFetchAsync(HttpRequest request, string jobId, string file, CancellationToken ct)
    {
        if (request.Query.TryGetValue(PictureAddresses.Signature, out var given) && await addresses.IsGenuineAsync(jobId, file, given.ToString(), ct).ConfigureAwait(false)) return true;
        (Caller? caller, NicheError? error) = await callers.LookAsync(request, ct).ConfigureAwait(false);
        return error is null && await jobs.GetAsync(jobId, ct).ConfigureAwait(false) is { } job
            && await RightAsync(job.Job, caller, ct).ConfigureAwait(false) != JobRight.None;
    }

    private async Task<JobRight> RightAsync(Job job, Caller? caller, CancellationToken ct)
    {
        Order? order = await orders.GetAsync(job.Id, ct).ConfigureAwait(false);
        if ((job.Owner ?? order?.AccountId) is not { } owner) return JobRight.Anybody;
        if (caller is not null && (caller.Account.Homes.Contains(owner) || (order is not null && caller.Account.Owns(order)))) return JobRight.Owner;
        return job.Owner is null && order is { OwnerOnly: false } ? JobRight.Look : JobRight.None;
    }

    private static NicheError NotFound(string id) => ErrorCatalogue.Create(
        ErrorCodes.JobNotFound, TimeOrderedId.IsValid(id) ? $"There is no job {id} of yours; jobs are kept for some days." : "A job id has 26 characters, 0-9 and a-v.");
}
