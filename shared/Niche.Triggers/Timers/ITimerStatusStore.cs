namespace Niche.Triggers.Timers;

/// <summary>Keeps the status of monitored schedules, so that a run missed while the process was down is made up for. Register an
/// implementation as a service to replace the in-memory one.</summary>
public interface ITimerStatusStore
{
    /// <summary>The status last written for a function; null when there is none.</summary>
    ValueTask<ScheduleStatus?> ReadAsync(string function, CancellationToken cancellationToken);

    /// <summary>Replaces a function's status.</summary>
    ValueTask WriteAsync(string function, ScheduleStatus status, CancellationToken cancellationToken);
}
