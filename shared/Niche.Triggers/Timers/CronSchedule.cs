using System.Buffers;
using Cronos;

namespace Niche.Triggers.Timers;

/// <summary>NCRONTAB: five fields, or six with seconds first; all fields must match.</summary>
internal sealed class CronSchedule : TimerSchedule
{
    // Cronos also knows L, W, # and ?, which Azure's parser refuses; letters appear there only in the names of months and days.
    private static readonly SearchValues<char> Plain = SearchValues.Create("0123456789*,-/ ");
    private static readonly string[] Names =
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC", "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private readonly CronExpression _expression;
    private readonly TimeZoneInfo _zone;

    public CronSchedule(string text, TimeZoneInfo zone)
    {
        _zone = zone;
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length is not (5 or 6))
            throw new FormatException($"schedule '{text}' has {fields.Length} fields; NCRONTAB has 6 (seconds first) or 5.");
        var bare = Names.Aggregate(text.ToUpperInvariant(), (s, name) => s.Replace(name, string.Empty, StringComparison.Ordinal));
        if (bare.AsSpan().IndexOfAnyExcept(Plain) >= 0)
            throw new FormatException($"schedule '{text}' uses signs that NCRONTAB does not know.");
        try
        {
            _expression = CronExpression.Parse(
                string.Join(' ', fields), fields.Length == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard);
        }
        catch (CronFormatException e)
        {
            throw new FormatException($"schedule '{text}': {e.Message}", e);
        }
    }

    public override DateTimeOffset? Next(DateTimeOffset after) =>
        _expression.GetNextOccurrence(after.UtcDateTime, _zone) is { } next ? new DateTimeOffset(next, TimeSpan.Zero) : null;
}
