using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Niche.Storage.Jobs;
using Niche.Subnet.Errors;
using Niche.Subnet.Jobs;
using Niche.Validator.Configuration;
using Niche.Validator.Deliveries;
using Niche.Validator.Trusted;

namespace Niche.Validator.Organic;

/// <summary>
/// Runs one unit of an accepted job: claims it, has it painted, makes it final. May be called for the same unit any number of times, by any
/// number of instances: the unit becomes final once.
/// </summary>
public sealed class OrganicHandler(
    JobStore jobs, UnitPainter painter, DeliveryHandler deliveries, JobEvents events, WaitingTimes waiting, InstanceId instance,
    IOptions<ValidatorOptions> options, TimeProvider time, ILogger<OrganicHandler> log)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ReferenceRetry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);

    /// <summary>Runs a unit.</summary>
    /// <returns>Null when nothing is left to do; else after how long somebody should try again.</returns>
    public async Task<TimeSpan?> RunAsync(UnitMessage message, CancellationToken ct)
    {
        if (await jobs.GetAsync(message.JobId, ct).ConfigureAwait(false) is not { } job) return null;
        UnitClaim? claim = await jobs
            .ClaimAsync(message.JobId, message.Index, instance.Value, options.Value.SoleInstance, Lease, ct).ConfigureAwait(false);
        if (claim is null || claim.Unit.IsFinal) return null;
        if (!claim.Claimed) return claim.Unit.LeaseUntil is { } until && until - time.GetUtcNow() is { } left && left > Patience ? left : Patience;
        events.Changed(message.JobId);
        return await WorkAsync(job, claim.Unit, ct).ConfigureAwait(false);
    }

    private async Task<TimeSpan?> WorkAsync(JobSnapshot job, JobUnit unit, CancellationToken ct)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Task beating = BeatAsync(unit, stop);
        try
        {
            PaintOutcome outcome = await painter.PaintAsync(job.Job, unit, stop.Token).ConfigureAwait(false);
            return await CloseAsync(job.Job, outcome, ct).ConfigureAwait(false);
        }
        catch (TrustedEndpointException e)
        {
            // Nothing leaves the house unseen, and nobody is to blame: the unit waits until the endpoint is back.
            log.LogWarning("Unit {Index} of job {JobId} waits for the reference endpoint: {Reason}", unit.Index, unit.JobId, e.Message);
            await jobs.ReleaseAsync(unit, ct).ConfigureAwait(false);
            return ReferenceRetry;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Called off by its owner, or the lease was lost: then the write below changes nothing.
            await FinishAsync(job.Job, unit, JobStatus.Cancelled, null, null, ct).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException)
        {
            await jobs.ReleaseAsync(unit, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await beating.ConfigureAwait(false);
        }
    }

    private async Task<TimeSpan?> CloseAsync(Job job, PaintOutcome outcome, CancellationToken ct)
    {
        JobUnit unit = outcome.Unit;
        if (outcome.Result is { } result)
        {
            waiting.Learn(job.Request.Model, time.GetUtcNow() - unit.StartedAt!.Value);
            await FinishAsync(job, unit, JobStatus.Succeeded, result, null, ct).ConfigureAwait(false);
            return null;
        }

        NicheError error = outcome.Error!;
        bool hopeless = outcome.RetryIn is null || time.GetUtcNow() - job.CreatedAt > MaxAge;
        if (!hopeless)
        {
            await jobs.ReleaseAsync(unit, ct).ConfigureAwait(false);
            events.Changed(job.Id);
            return outcome.RetryIn;
        }

        log.LogWarning("Unit {Index} of job {JobId} is given up after {Attempts} attempts: {Code}", unit.Index, job.Id, unit.Attempts, error.Code);
        await FinishAsync(job, unit, JobStatus.Failed, null, new UnitError(error.Code, error.Title, error.Detail), ct).ConfigureAwait(false);
        return null;
    }

    private async Task FinishAsync(Job job, JobUnit unit, JobStatus status, UnitResult? result, UnitError? error, CancellationToken ct)
    {
        if (!await jobs.FinishAsync(unit, status, result, error, ct).ConfigureAwait(false)) return;
        events.Changed(job.Id);
        await deliveries.AnnounceAsync(job, unit, ct).ConfigureAwait(false);
    }

    // Keeps the lease while the unit runs, and notices that the owner called the job off or that the lease is lost.
    private async Task BeatAsync(JobUnit unit, CancellationTokenSource stop)
    {
        try
        {
            using PeriodicTimer timer = new(Beat, time);
            Task called = events.NextAsync(unit.JobId);
            Task<bool> tick = timer.WaitForNextTickAsync(stop.Token).AsTask();
            while (true)
            {
                Task first = await Task.WhenAny(called, tick).ConfigureAwait(false);
                stop.Token.ThrowIfCancellationRequested();
                bool ticked = first == tick;
                if (ticked) tick = timer.WaitForNextTickAsync(stop.Token).AsTask();
                else called = events.NextAsync(unit.JobId);
                if (await jobs.IsCancelRequestedAsync(unit.JobId, stop.Token).ConfigureAwait(false)
                    || (ticked && !await jobs.RenewAsync(unit, Lease, stop.Token).ConfigureAwait(false)))
                {
                    await stop.CancelAsync().ConfigureAwait(false);
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The unit ended.
        }
    }
}
