using Microsoft.Extensions.Logging;
using Niche.Triggers.Binding;
using Niche.Triggers.Execution;
using Niche.Triggers.Queues;

namespace Niche.Triggers.Timers;

/// <summary>Runs one timer function on its schedule, one run at a time: occurrences that pass during a run are made up for by a
/// single run after it.</summary>
internal sealed class TimerPump(
    FunctionDescriptor function, TimerTrigger trigger, ITimerStatusStore store, FunctionExecutor executor, TimeProvider time, ILogger log)
{
    // Short waits, so that a changed clock or a machine that slept is noticed within a minute.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly AsyncSignal _never = new();
    private readonly bool _monitored = trigger.UseMonitor && trigger.Schedule.IsMonitorable(time.GetUtcNow());
    private ScheduleStatus? _status;

    /// <summary>Runs until <paramref name="stopping"/>; a run in progress ends by itself or at <paramref name="deadline"/>.</summary>
    public async Task RunAsync(CancellationToken stopping, CancellationToken deadline)
    {
        var now = time.GetUtcNow();
        var isPastDue = _monitored && await LoadAsync(now, deadline).ConfigureAwait(false);
        if (isPastDue || trigger.RunOnStartup)
            await InvokeAsync(isPastDue, deadline).ConfigureAwait(false);
        var next = NextAfter(now);
        while (!stopping.IsCancellationRequested && next is { } due)
        {
            var wait = due - time.GetUtcNow();
            if (wait > TimeSpan.Zero)
            {
                await _never.WaitAsync(wait < LongestWait ? wait : LongestWait, time, stopping).ConfigureAwait(false);
                continue;
            }

            await InvokeAsync(isPastDue: false, deadline).ConfigureAwait(false);
            next = NextAfter(time.GetUtcNow());
        }

        if (next is null)
            log.LogWarning("Timer {Function} has no further occurrence.", function.Name);
    }

    private DateTimeOffset? NextAfter(DateTimeOffset now) =>
        _status is { } status ? new DateTimeOffset(status.Next, TimeSpan.Zero) : trigger.Schedule.Next(now);

    /// <returns>True when a run was missed while the process was down.</returns>
    private async ValueTask<bool> LoadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            _status = await store.ReadAsync(function.Name, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "Timer {Function}: its status cannot be read; a missed run goes unnoticed.", function.Name);
        }

        if (_status is not { } kept)
        {
            await KeepAsync(default, now, cancellationToken).ConfigureAwait(false);
            return false;
        }

        // A schedule that changed since is not past due by what the old one expected.
        var basis = kept.Last == default ? kept.LastUpdated : kept.Last;
        var expected = trigger.Schedule.Next(new DateTimeOffset(DateTime.SpecifyKind(basis, DateTimeKind.Utc), TimeSpan.Zero));
        kept.Next = (expected ?? DateTimeOffset.MaxValue).UtcDateTime;
        return now > kept.Next;
    }

    private async Task InvokeAsync(bool isPastDue, CancellationToken deadline)
    {
        var started = time.GetUtcNow();
        try
        {
            var info = new TimerInfo { IsPastDue = isPastDue, ScheduleStatus = Copy(_status) };
            await executor.RunAsync(function, info, deadline).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            log.LogError(e, "Timer {Function} failed; its schedule goes on.", function.Name);
        }

        if (_monitored)
            await KeepAsync(started.UtcDateTime, started, deadline).ConfigureAwait(false);
    }

    private async ValueTask KeepAsync(DateTime last, DateTimeOffset from, CancellationToken cancellationToken)
    {
        _status = new ScheduleStatus
        {
            Last = last,
            Next = (trigger.Schedule.Next(from) ?? DateTimeOffset.MaxValue).UtcDateTime,
            LastUpdated = from.UtcDateTime,
        };
        try
        {
            await store.WriteAsync(function.Name, Copy(_status)!, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            log.LogError(e, "Timer {Function}: its status cannot be kept.", function.Name);
        }
    }

    private static ScheduleStatus? Copy(ScheduleStatus? status) =>
        status is null ? null : new() { Last = status.Last, Next = status.Next, LastUpdated = status.LastUpdated };
}
