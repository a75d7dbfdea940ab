namespace Niche.Triggers;

/// <summary>The status of a monitored schedule. All times are UTC.</summary>
public class ScheduleStatus
{
    /// <summary>The last run; default when there was none.</summary>
    public DateTime Last { get; set; }

    /// <summary>The next run expected.</summary>
    public DateTime Next { get; set; }

    /// <summary>When this record was written.</summary>
    public DateTime LastUpdated { get; set; }
}
