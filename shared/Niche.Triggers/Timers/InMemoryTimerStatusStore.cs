using System.Collections.Concurrent;

namespace Niche.Triggers.Timers;

/// <summary>Forgets with the process: no run is ever past due. The default.</summary>
public sealed class InMemoryTimerStatusStore : ITimerStatusStore
{
    private readonly ConcurrentDictionary<string, ScheduleStatus> _statuses = new(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public ValueTask<ScheduleStatus?> ReadAsync(string function, CancellationToken cancellationToken) =>
        new(_statuses.GetValueOrDefault(function));

    /// <inheritdoc/>
    public ValueTask WriteAsync(string function, ScheduleStatus status, CancellationToken cancellationToken)
    {
        _statuses[function] = status;
        return ValueTask.CompletedTask;
    }
}
