namespace Niche.Triggers;

/// <summary>What a timer function is told about its schedule.</summary>
public class TimerInfo
{
    /// <summary>The schedule's status before this run; null when the schedule is not monitored.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>True when this run makes up for one that was missed while the process was down.</summary>
    public bool IsPastDue { get; set; }
}
