using System.Text.Json;
using Microsoft.Extensions.Logging;
using Niche.Bots.Incoming;
using Niche.Bots.Operation;
using Niche.Bots.People;
using Niche.Bots.Platforms;
using Niche.Bots.Texts;
using Niche.Bots.Updates;
using Niche.Subnet.Errors;

namespace Niche.Bots.Handling;

/// <summary>
/// Handles one event of the queue: once, whoever dies in between. What a platform cannot take now is tried again later; what fails for ever is answered
/// with an apology and ends.
/// </summary>
public sealed class UpdateHandler(
    EventLog events, VisitFactory visits, Doorkeeper door, Dispatcher dispatcher, MissedOrders missed, PlatformBook platforms, ChannelStore channels, BotMetrics metrics,
    TimeProvider time, ILogger<UpdateHandler> log)
{
    private const int MaxTries = 4, MaxAwayTries = 20;
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(5), Patience = TimeSpan.FromHours(6);

    /// <summary>Handles an event.</summary>
    /// <returns>After how long it must be put on the queue again; null when it is answered.</returns>
    public async Task<TimeSpan?> RunAsync(string body, CancellationToken ct)
    {
        QueuedEvent queued = EventJson.Read(body);
        BotEvent happened = queued.Happened;
        if (platforms.Find(happened.Place.Platform) is not { } platform) return null;
        (EventRecord record, bool claimed) = await events.ClaimAsync(happened, ct).ConfigureAwait(false);
        if (!claimed)
        {
            if (record.Done) metrics.Repeated(platform.Name);
            return record.Done ? null : Later;
        }

        long start = time.GetTimestamp();
        string name = dispatcher.NameOf(happened);
        try
        {
            string outcome = await AnswerAsync(queued, platform, ct).ConfigureAwait(false);
            await events.EndAsync(happened, done: true, ct).ConfigureAwait(false);
            metrics.Handled(platform.Name, name, outcome, time.GetElapsedTime(start));
            return null;
        }
        catch (PlatformException e)
        {
            metrics.Faulted(platform.Name, e.Fault);
            // After a burst everybody waits for a turn, however often: only age ends that.
            bool again = e.Fault == PlatformFault.Busy ? time.GetUtcNow() - record.At < Patience : e.Fault == PlatformFault.Unavailable && record.Tries < MaxAwayTries;
            if (e.Fault is PlatformFault.TooLarge) await ApologizeAsync(queued, platform, new Notice("error.too-large", Filling.Of("max", 12)), ct).ConfigureAwait(false);
            else if (!again && e.Fault is PlatformFault.Unavailable) await ApologizeAsync(queued, platform, new Notice("error." + ErrorCodes.Internal), ct).ConfigureAwait(false);
            if (!again) log.LogWarning("{Command} on {Platform} could not be answered: {Fault}, {Reason}", name, platform.Name, e.Fault, e.Message);
            await events.EndAsync(happened, done: !again, ct).ConfigureAwait(false);
            if (!again) metrics.Handled(platform.Name, name, e.Fault.ToString(), time.GetElapsedTime(start));
            return again ? e.RetryAfter ?? Later : null;
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            bool hopeless = record.Tries >= MaxTries;
            log.LogError(e, "{Command} on {Platform} failed at try {Try}.", name, platform.Name, record.Tries);
            if (hopeless) await ApologizeAsync(queued, platform, new Notice("error." + ErrorCodes.Internal), ct).ConfigureAwait(false);
            await events.EndAsync(happened, done: hopeless, ct).ConfigureAwait(false);
            if (hopeless) metrics.Handled(platform.Name, name, "failed", time.GetElapsedTime(start));
            return hopeless ? null : Later;
        }
        catch (OperationCanceledException)
        {
            // The process stops: somebody else goes on at once instead of waiting for the lease to end.
            await events.EndAsync(happened, done: false, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<string> AnswerAsync(QueuedEvent queued, IChatPlatform platform, CancellationToken ct)
    {
        BotEvent happened = queued.Happened;
        if (happened is DepartureEvent)
        {
            await channels.ChangeAsync(happened.Place, before => before with { Left = true }, ct).ConfigureAwait(false);
            return "left";
        }

        Visit visit = await visits.CreateAsync(happened, platform, queued.Promise, ct).ConfigureAwait(false);
        if (await door.RefusalAsync(visit, ct).ConfigureAwait(false) is { } refusal)
        {
            await visit.RefuseAsync([refusal], ct).ConfigureAwait(false);
            return "refused";
        }

        try
        {
            await dispatcher.RunAsync(visit, ct).ConfigureAwait(false);
        }
        catch (RefusalException e)
        {
            await visit.RefuseAsync([e.Notice], ct).ConfigureAwait(false);
            return "refused";
        }

        await missed.TellAsync(visit, ct).ConfigureAwait(false);
        return "answered";
    }

    private async Task ApologizeAsync(QueuedEvent queued, IChatPlatform platform, Notice notice, CancellationToken ct)
    {
        try
        {
            Visit visit = await visits.CreateAsync(queued.Happened, platform, queued.Promise, ct).ConfigureAwait(false);
            await visit.RefuseAsync([notice], ct).ConfigureAwait(false);
        }
        catch (PlatformException e)
        {
            log.LogWarning("Nor could {Platform} be told so: {Fault}", platform.Name, e.Fault);
        }
    }
}
