using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Niche.Benchmarks.Doors;

/// <summary>One request for a picture in a chat, and what its message said from moment to moment.</summary>
/// <param name="door">Where.</param>
/// <param name="look">The message's text now, null before there is one, and the number of messages with pictures.</param>
internal sealed partial class Conversation(string door, Func<(string? Text, int Pictures)> look)
{
    private readonly long _sent = Stopwatch.GetTimestamp();
    private readonly List<(TimeSpan At, string Text)> _shown = [];

    /// <summary>Where it takes place.</summary>
    public string Door => door;

    /// <summary>From the request to its picture; null before.</summary>
    public TimeSpan? Done { get; private set; }

    /// <summary>From the request to the first place or progress shown; null when none was.</summary>
    public TimeSpan? Place => _shown.Count > 0 ? _shown[0].At : null;

    /// <summary>Times between two changes of what is shown; the last ends with the picture.</summary>
    public IEnumerable<TimeSpan> Gaps =>
        _shown.Skip(1).Select(one => one.At).Concat(Done is { } done ? [done] : []).Zip(_shown, (next, before) => next - before.At);

    /// <summary>How far the first expected time was off, as a part of the true one; null when none was shown.</summary>
    public double? Error
    {
        get
        {
            if (Done is not { } done || _shown.Count == 0 || Expected().Match(_shown[0].Text) is not { Success: true } match) return null;
            double said = double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * (match.Groups[2].Value == "s" ? 1 : 60);
            double was = (done - _shown[0].At).TotalSeconds;
            return Math.Abs(said - was) / was;
        }
    }

    /// <summary>Messages with pictures now.</summary>
    public int Pictures => look().Pictures;

    /// <summary>Looks at the message.</summary>
    public void Look()
    {
        if (Done is not null) return;
        (string? text, int pictures) = look();
        TimeSpan now = Stopwatch.GetElapsedTime(_sent);
        if (pictures > 0) Done = now;
        else if (text is not null && Standing().IsMatch(text) && (_shown.Count == 0 || _shown[^1].Text != text)) _shown.Add((now, text));
    }

    [GeneratedRegex(@"Expected in\D*(\d+) (s|min)")]
    private static partial Regex Expected();

    [GeneratedRegex("before (yours|it)|next|[0-9] of [0-9]")]
    private static partial Regex Standing();
}
