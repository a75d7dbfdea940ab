using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Errors;
using Niche.Subnet.Jobs;
using Niche.Validator.Configuration;
using Niche.Validator.Trusted;

namespace Niche.Validator.Organic;

/// <summary>
/// Submits jobs and, when nobody waits before them, runs them in this process at once: a caller must not pay a queue's polling delay. Their
/// messages stay on the queue, hidden, until the work is done: should this process die, they come back.
/// </summary>
public sealed class DirectRunner(
    JobService service, JobStore jobs, OrganicHandler handler, IQueueStore queues, TrustedEndpoint trusted, IHostApplicationLifetime lifetime,
    IOptions<ValidatorOptions> options, ILogger<DirectRunner> log) : IDisposable
{
    // Whoever finds the message earlier could not claim the unit anyway; later would only make people wait after a crash.
    private static readonly TimeSpan HideFor = OrganicHandler.Lease;
    private readonly SemaphoreSlim _slots = new(options.Value.DirectRunners);

    /// <summary>Submits a draft; the answer is durable when this returns.</summary>
    public Task<Submission> SubmitAsync(JobDraft draft, string door, string? idempotencyKey, CancellationToken ct) =>
        SubmitAsync(draft, new SubmitOptions(door, idempotencyKey), ct);

    /// <summary>Submits a draft; how long its messages hide is decided here.</summary>
    public async Task<Submission> SubmitAsync(JobDraft draft, SubmitOptions options, CancellationToken ct)
    {
        // Decoded here once, so that no miner is blamed for a picture that nobody can read. Without an endpoint to ask, it is not accepted.
        if (draft.Picture is { Length: > 0 and <= JobRequestValidator.MaxPictureBytes } picture && await UnreadableAsync(picture, ct).ConfigureAwait(false) is { } fault)
            return Submission.Refused(fault);
        bool direct = _slots.CurrentCount > 0 && (draft.Model is null
            || await jobs.CountWaitingAsync(draft.Model, null, 1, ct).ConfigureAwait(false) == 0);
        Submission submission = await service.SubmitAsync(draft, options with { HideFor = direct ? HideFor : null }, ct).ConfigureAwait(false);
        if (direct && submission.Job is { } job)
        {
            for (int i = 0; i < submission.Messages.Count; i++) Start(new UnitMessage(job.Id, i), submission.Messages[i]);
        }

        return submission;
    }

    private async Task<NicheError?> UnreadableAsync(byte[] picture, CancellationToken ct)
    {
        try
        {
            return await trusted.ReadFeaturesAsync(picture, null, ct).ConfigureAwait(false) is not null
                ? null
                : ErrorCatalogue.Create(ErrorCodes.InvalidParameter, "'image' can not be decoded, or has too many pixels. Send a PNG, JPEG or WebP.", "image");
        }
        catch (TrustedEndpointException)
        {
            return ErrorCatalogue.Create(ErrorCodes.NoMinerAvailable, "Pictures can not be looked at just now. Try again in a minute.", "image", retryAfter: TimeSpan.FromMinutes(1));
        }
    }

    /// <summary>Frees the slots; units still running keep theirs until the process ends.</summary>
    public void Dispose() => _slots.Dispose();

    private void Start(UnitMessage unit, QueueReceipt message)
    {
        // Not awaited on purpose: the unit belongs to the process, not to the request that brought it.
        Task run = RunAsync(unit, message);
        Debug.Assert(run is not null, "tasks start hot");
    }

    private async Task RunAsync(UnitMessage unit, QueueReceipt message)
    {
        CancellationToken stopping = lifetime.ApplicationStopping;
        try
        {
            await _slots.WaitAsync(stopping).ConfigureAwait(false);
            try
            {
                TimeSpan? again = await handler.RunAsync(unit, stopping).ConfigureAwait(false);
                if (again is { } delay) await queues.RenewAsync(WorkNames.OrganicJobs, message.Id, message.PopReceipt, delay, stopping).ConfigureAwait(false);
                else await queues.DeleteAsync(WorkNames.OrganicJobs, message.Id, message.PopReceipt, stopping).ConfigureAwait(false);
            }
            finally
            {
                _slots.Release();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await GiveBackAsync(message).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            log.LogError(e, "Unit {Index} of job {JobId} failed here; the queue tries it again.", unit.Index, unit.JobId);
            await GiveBackAsync(message).ConfigureAwait(false);
        }
    }

    private async Task GiveBackAsync(QueueReceipt message)
    {
        try
        {
            await queues.RenewAsync(WorkNames.OrganicJobs, message.Id, message.PopReceipt, TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // The message shows itself again when its time is over.
            log.LogWarning("Message {Id} could not be given back: {Reason}", message.Id, e.Message);
        }
    }
}
