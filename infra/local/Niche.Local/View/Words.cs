using System.Globalization;
using Niche.Subnet.Verification;

namespace Niche.Local.View;

/// <summary>Verdicts and keys in words that fit a line.</summary>
internal static class Words
{
    /// <summary>A hotkey short enough to read, long enough to tell apart.</summary>
    public static string Short(string hotkey) => hotkey.Length > 12 ? $"{hotkey[..6]}…{hotkey[^4..]}" : hotkey;

    /// <summary>A reason code in words.</summary>
    public static string Reason(VerdictOutcome outcome, string code) => code switch
    {
        ReasonCodes.Match => "same picture as the reference",
        ReasonCodes.OtherSettings => "same seed but other settings, such as fewer steps",
        ReasonCodes.OtherSeed => "another seed, or another model",
        ReasonCodes.OtherContent => "another picture altogether",
        ReasonCodes.Replayed => "an old picture again",
        ReasonCodes.PromptIgnored => "does not show what was asked for",
        ReasonCodes.OtherTokens => "other words than the reference",
        ReasonCodes.NotSampled => "not compared",
        _ => $"{outcome.ToString().ToLowerInvariant()}: {code.Replace('_', ' ')}",
    };

    /// <summary>A part of 1 in percent.</summary>
    public static string Percent(double part) => part.ToString("0.0 %", CultureInfo.InvariantCulture);

    /// <summary>A bar of ten cells for a part of 1.</summary>
    public static string Bar(double part)
    {
        int cells = (int)Math.Round(Math.Clamp(part, 0, 1) * 10);
        return new string('█', cells) + new string('░', 10 - cells);
    }
}
