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
    /// <summary>For how long an instance may hold a unit without a sign of life.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(45);

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ReferenceRetry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);

    private static readonly NicheError Unseen = ErrorCatalogue.Create(ErrorCodes.DeadlineExceeded,
        "The validator's reference endpoint did not answer, and nothing is delivered unseen. Submit the request again later.");

    private static readonly NicheError Broken = ErrorCatalogue.Create(ErrorCodes.Internal,
        "The validator failed on this request. Its log says why under the job's id; submit the request again later.");

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
        if (!await jobs.IsCancelRequestedAsync(message.JobId, ct).ConfigureAwait(false)) return await WorkAsync(job, claim.Unit, ct).ConfigureAwait(false);

        // Called off while it ran and was given back: queued again, but not wanted.
        await FinishAsync(job.Job, claim.Unit, JobStatus.Cancelled, null, null, ct).ConfigureAwait(false);
        return null;
    }

    private async Task<TimeSpan?> WorkAsync(JobSnapshot job, JobUnit unit, CancellationToken ct)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using IDisposable running = waiting.Begin(job.Job.Request.Model);
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
            return await CloseAsync(job.Job, new PaintOutcome(unit, null, Unseen, ReferenceRetry), ct).ConfigureAwait(false);
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
        catch (Exception) when (!IsTooOld(job.Job))
        {
            // Given back before the message is, so that its next try counts: a unit that fails for ever must end, not wait for its own lease.
            await jobs.ReleaseAsync(unit, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
        catch (Exception e)
        {
            log.LogError(e, "Unit {Index} of job {JobId} is given up.", unit.Index, unit.JobId);
            return await CloseAsync(job.Job, new PaintOutcome(unit, null, Broken, null), ct).ConfigureAwait(false);
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
        bool hopeless = outcome.RetryIn is null || IsTooOld(job);
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

    private bool IsTooOld(Job job) => time.GetUtcNow() - job.CreatedAt > MaxAge;

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
            while (!await jobs.IsCancelRequestedAsync(unit.JobId, stop.Token).ConfigureAwait(false))
            {
                Task first = await Task.WhenAny(called, tick).ConfigureAwait(false);
                stop.Token.ThrowIfCancellationRequested();
                if (first == tick && !await jobs.RenewAsync(unit, Lease, stop.Token).ConfigureAwait(false)) break;
                if (first == tick) tick = timer.WaitForNextTickAsync(stop.Token).AsTask();
                else called = events.NextAsync(unit.JobId);
            }

            await stop.CancelAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The unit ended.
        }
    }
}
