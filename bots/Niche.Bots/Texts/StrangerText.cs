using System.Globalization;
using System.Text;

namespace Niche.Bots.Texts;

/// <summary>
/// Makes a stranger's text harmless to read: no control characters, no invisible ones, nothing that turns the reading direction, no towers of marks.
/// What it says stays as it is. Mentions are broken up when it is shown (<see cref="Shown"/>), not when it is painted.
/// </summary>
public static class StrangerText
{
    /// <summary>Longest text that is looked at, in UTF-16 characters; what is longer is cut first.</summary>
    public const int MaxCharacters = 6000;

    private const int MaxMarks = 4;
    private const char NonJoiner = '\u200C', Joiner = '\u200D', Breaker = '\u200B';

    /// <summary>The text without what must not be in it, trimmed, with line feeds only.</summary>
    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        if (text.Length > MaxCharacters) text = text[..MaxCharacters];
        StringBuilder clean = new(text.Length);
        int marks = 0;
        bool joinable = false;
        foreach (Rune rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            // Half a surrogate pair is enumerated as the replacement character.
            if (rune == Rune.ReplacementChar || (Rune.IsControl(rune) && rune.Value is not ('\n' or '\t'))) continue;
            UnicodeCategory category = Rune.GetUnicodeCategory(rune);
            bool isMark = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;
            marks = isMark ? marks + 1 : 0;
            if (marks > MaxMarks) continue;
            // Joiners are part of emoji and of Persian and Indian words; anywhere else they only hide something.
            bool invisible = category is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
            if (invisible && !(joinable && rune.Value is NonJoiner or Joiner)) continue;
            clean.Append(rune.ToString());
            joinable = !invisible && (rune.Value > 0x2FF || isMark);
        }

        return clean.ToString().TrimEnd(Joiner, NonJoiner).Trim();
    }

    /// <summary>A cleaned text as it is shown: cut to a length, and nobody is called by it, whatever the platform takes for a mention.</summary>
    public static string Shown(string? text, int maxCharacters = 300)
    {
        string clean = Clean(text);
        if (clean.Length > maxCharacters)
        {
            int end = char.IsHighSurrogate(clean[maxCharacters - 2]) ? maxCharacters - 2 : maxCharacters - 1;
            clean = clean[..end] + "…";
        }

        StringBuilder shown = new(clean.Length);
        for (int i = 0; i < clean.Length; i++)
        {
            shown.Append(clean[i]);
            bool calls = clean[i] is '@' or '＠' || (clean[i] == '<' && i + 1 < clean.Length && clean[i + 1] is '@' or '#' or '&' or ':' or '/');
            if (calls) shown.Append(Breaker);
        }

        return shown.ToString();
    }
}
