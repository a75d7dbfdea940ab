using System.Globalization;

namespace Niche.Local.Supervision;

/// <summary>Timer schedules for a round of any length.</summary>
internal static class Schedules
{
    /// <summary>Once a round, at its beginning by the clock where a clock expression can say so.</summary>
    public static string EachRound(int seconds) => seconds switch
    {
        < 60 when 60 % seconds == 0 => string.Create(CultureInfo.InvariantCulture, $"*/{seconds} * * * * *"),
        60 => "0 * * * * *",
        > 60 when seconds % 60 == 0 && 60 % (seconds / 60) == 0 => string.Create(CultureInfo.InvariantCulture, $"0 */{seconds / 60} * * * *"),
        _ => Every(TimeSpan.FromSeconds(seconds)),
    };

    /// <summary>At an even pace.</summary>
    public static string Every(TimeSpan time) => time.ToString("c", CultureInfo.InvariantCulture);
}
