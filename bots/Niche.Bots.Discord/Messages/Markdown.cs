using System.Text;
using Niche.Bots.Outgoing;

namespace Niche.Bots.Discord.Messages;

/// <summary>Rich text in Discord's dialect. Whatever people wrote stays what they wrote: no markup, no mention, no turning of the reading direction.</summary>
internal static class Markdown
{
    private const string Ellipsis = "…";
    private const char Joiner = '\u200b';

    /// <summary>Writes as much of a text as fits; the rest is an ellipsis.</summary>
    /// <param name="text">The text.</param>
    /// <param name="max">Most characters with all markup.</param>
    public static string Write(RichText text, int max)
    {
        StringBuilder written = new();
        foreach (Span span in text.Spans)
        {
            if (span.Text.Length == 0) continue;
            string whole = Write(span with { Text = Clean(span.Text) });
            if (written.Length + whole.Length <= max)
            {
                written.Append(whole);
                continue;
            }

            written.Append(Shorten(span with { Text = Clean(span.Text) }, max - written.Length));
            break;
        }

        return written.ToString();
    }

    /// <summary>Plain text that means itself.</summary>
    public static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length + 16);
        foreach (char c in text)
        {
            if (c is '\\' or '*' or '_' or '~' or '`' or '|' or '>' or '<' or '#' or '-' or '+' or '[' or ']' or '(' or ')' or ':') escaped.Append('\\');
            escaped.Append(c);
            // Even a mention that pings nobody would be coloured like one.
            if (c == '@') escaped.Append(Joiner);
        }

        return escaped.ToString();
    }

    /// <summary>Without control characters and those that turn the reading direction for what follows.</summary>
    public static string Clean(string text) => string.Concat(text.EnumerateRunes().Where(IsHarmless).Select(rune => rune.ToString()));

    private static bool IsHarmless(Rune rune) =>
        rune.Value == '\n' || !(Rune.IsControl(rune) || rune.Value is (>= 0x202a and <= 0x202e) or (>= 0x2066 and <= 0x2069) or 0x200e or 0x200f or 0x061c);

    private static string Write(Span span) => span.Style switch
    {
        SpanStyle.Bold => Wrap(span.Text, "**"),
        SpanStyle.Italic => Wrap(span.Text, "*"),
        SpanStyle.Code => Code(span.Text),
        SpanStyle.Link when span.Link is { } link => $"[{Escape(span.Text.ReplaceLineEndings(" "))}](<{link.AbsoluteUri.Replace(">", "%3E", StringComparison.Ordinal)}>)",
        SpanStyle.Quote => "\n> " + Escape(span.Text).Replace("\n", "\n> ", StringComparison.Ordinal) + "\n",
        _ => Escape(span.Text),
    };

    // Marks must touch the text they mark.
    private static string Wrap(string text, string mark)
    {
        string core = text.Trim();
        if (core.Length == 0) return Escape(text);
        int start = text.IndexOf(core, StringComparison.Ordinal);
        return text[..start] + mark + Escape(core) + mark + text[(start + core.Length)..];
    }

    private static string Code(string text)
    {
        if (text.Contains('\n', StringComparison.Ordinal)) return $"\n```\n{text.Replace("```", $"`{Joiner}``", StringComparison.Ordinal)}\n```\n";
        if (!text.Contains('`', StringComparison.Ordinal)) return $"`{text}`";
        return $"`` {text.Replace("``", $"`{Joiner}`", StringComparison.Ordinal)} ``";
    }

    private static string Shorten(Span span, int max)
    {
        int take = Math.Min(span.Text.Length, max);
        while (take > 0)
        {
            if (char.IsHighSurrogate(span.Text[take - 1])) take--;
            string attempt = Write(span with { Text = span.Text[..take] + Ellipsis });
            if (attempt.Length <= max) return attempt;
            take -= Math.Max(1, (attempt.Length - max) / 2);
        }

        return max > 0 ? Ellipsis : "";
    }
}
