using System.Globalization;

namespace Niche.Triggers.Timers;

/// <summary>When a timer fires.</summary>
internal abstract class TimerSchedule
{
    private static readonly TimeSpan MonitorFloor = TimeSpan.FromMinutes(1);

    /// <summary>The first time after <paramref name="after"/>; null when there is none.</summary>
    public abstract DateTimeOffset? Next(DateTimeOffset after);

    /// <summary>False when the schedule recurs within a minute: its status is then neither kept nor told.</summary>
    public bool IsMonitorable(DateTimeOffset from)
    {
        var previous = Next(from);
        for (var i = 0; i < 5 && previous is not null; i++)
        {
            var next = Next(previous.Value);
            if (next - previous < MonitorFloor)
                return false;
            previous = next;
        }

        return true;
    }

    /// <summary>Reads NCRONTAB with five or six fields, or a <see cref="TimeSpan"/>.</summary>
    /// <exception cref="FormatException">Neither; the message says what is wrong.</exception>
    public static TimerSchedule Parse(string text, TimeZoneInfo zone)
    {
        var trimmed = text.Trim();
        if (trimmed.Contains(' ', StringComparison.Ordinal))
            return new CronSchedule(trimmed, zone);
        if (!TimeSpan.TryParse(trimmed, CultureInfo.InvariantCulture, out var interval))
            throw new FormatException($"schedule '{text}' is neither NCRONTAB (\"0 */10 * * * *\") nor a time (\"00:10:00\").");
        return interval > TimeSpan.Zero
            ? new IntervalSchedule(interval)
            : throw new FormatException($"schedule '{text}' must be longer than zero.");
    }
}
