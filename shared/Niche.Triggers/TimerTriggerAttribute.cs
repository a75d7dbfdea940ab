namespace Niche.Triggers;

/// <summary>Runs the function on a schedule.</summary>
/// <param name="schedule">NCRONTAB with six fields (seconds first) or five, or a <see cref="TimeSpan"/> such as "00:00:30";
/// may hold <c>%Setting%</c>.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TimerTriggerAttribute(string schedule) : Attribute
{
    /// <summary>The schedule as written.</summary>
    public string Schedule { get; } = schedule;

    /// <summary>Keep the schedule's status, so that a run missed while the process was down is made up for. Ignored, as in Azure,
    /// for schedules that recur within a minute.</summary>
    public bool UseMonitor { get; set; } = true;

    /// <summary>Run once as soon as the host has started.</summary>
    public bool RunOnStartup { get; set; }
}
