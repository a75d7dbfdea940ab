using System.Globalization;
using CsCheck;
using Niche.Triggers.Timers;

namespace Niche.Triggers.Tests.Timers;

public sealed class TimerScheduleTests
{
    [Theory]
    [InlineData("0 */10 * * * *", "2026-03-02T10:00:00Z", "2026-03-02T10:10:00Z")]
    [InlineData("*/15 * * * * *", "2026-03-02T10:00:00Z", "2026-03-02T10:00:15Z")]
    [InlineData("*/10 * * * *", "2026-03-02T10:00:00Z", "2026-03-02T10:10:00Z")]
    [InlineData("30 5 2-4,9 * * mon-fri", "2026-03-06T09:05:30Z", "2026-03-09T02:05:30Z")]
    [InlineData("0 0 0 1 jan *", "2026-03-02T10:00:00Z", "2027-01-01T00:00:00Z")]
    [InlineData("0 0 0 13 * 5", "2026-03-14T00:00:00Z", "2026-11-13T00:00:00Z")]
    [InlineData("00:00:20", "2026-03-02T10:00:07Z", "2026-03-02T10:00:27Z")]
    [InlineData("1.00:00:00", "2026-03-02T10:00:07Z", "2026-03-03T10:00:07Z")]
    public void The_next_occurrence_is(string schedule, string after, string expected) =>
        Assert.Equal(At(expected), TimerSchedule.Parse(schedule, TimeZoneInfo.Utc).Next(At(after)));

    [Theory]
    [InlineData("0 0 9 * * *", "2026-03-02T10:00:00Z", "2026-03-03T08:00:00Z")]
    [InlineData("0 0 9 * * *", "2026-07-02T10:00:00Z", "2026-07-03T07:00:00Z")]
    public void A_schedule_is_in_the_zone_of_WEBSITE_TIME_ZONE(string schedule, string after, string expected)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Berlin", out var zone))
            Assert.Skip("this machine has no time zone data");
        Assert.Equal(At(expected), TimerSchedule.Parse(schedule, zone).Next(At(after)));
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("")]
    [InlineData("* * * *")]
    [InlineData("* * * * * * *")]
    [InlineData("0 0 25 * * *")]
    [InlineData("0 0 0 L * *")]
    [InlineData("0 0 12 ? * *")]
    [InlineData("0 0 0 15W * *")]
    [InlineData("0 0 0 * * 5#2")]
    [InlineData("-00:01:00")]
    [InlineData("00:00:00")]
    public void What_azure_would_refuse_is_refused(string schedule) =>
        Assert.Contains("schedule", Assert.Throws<FormatException>(() => TimerSchedule.Parse(schedule, TimeZoneInfo.Utc)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("*/15 * * * * *", false)]
    [InlineData("0,30 0 * * * *", false)]
    [InlineData("0 * * * * *", true)]
    [InlineData("00:00:59", false)]
    [InlineData("00:01:00", true)]
    public void A_schedule_that_recurs_within_a_minute_is_not_monitored(string schedule, bool expected) =>
        Assert.Equal(expected, TimerSchedule.Parse(schedule, TimeZoneInfo.Utc).IsMonitorable(At("2026-03-02T10:00:00Z")));

    [Fact]
    public void Occurrences_are_later_than_asked_and_none_lies_between()
    {
        var start = At("2026-01-01T00:00:00Z");
        Gen.Select(Gen.Int[1, 59], Gen.Int[1, 23], Gen.Long[0, 366L * 86_400 * 1000]).Sample((minutes, hours, ms) =>
        {
            var schedule = TimerSchedule.Parse($"0 */{minutes} */{hours} * * *", TimeZoneInfo.Utc);
            var after = start.AddMilliseconds(ms);
            var next = schedule.Next(after)!.Value;
            Assert.True(next > after);
            Assert.True(next.Second == 0 && next.Minute % minutes == 0 && next.Hour % hours == 0);
            Assert.Equal(next, schedule.Next(next.AddTicks(-1)));
        });
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
