namespace Niche.Triggers.Timers;

/// <summary>A constant time between runs.</summary>
internal sealed class IntervalSchedule(TimeSpan interval) : TimerSchedule
{
    public override DateTimeOffset? Next(DateTimeOffset after) => after + interval;
}
