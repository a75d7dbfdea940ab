using System.Globalization;
using System.Text;
using Niche.Bots.Outgoing;

namespace Niche.Bots.Telegram.Outgoing;

/// <summary>Text with styles as the HTML of the Bot API. Every character of a span means itself, whoever wrote it.</summary>
internal static class HtmlText
{
    /// <summary>Stands where Telegram wants a text and there is none.</summary>
    public const string Something = "…";

    private const string Ellipsis = "…";

    /// <summary>Characters as Telegram counts them: after parsing, in UTF-16.</summary>
    public static int Length(IEnumerable<Span> spans) => spans.Sum(span => span.Text.Length);

    /// <summary>Quotations get lines of their own: only then is what people see what is counted.</summary>
    public static List<Span> Settle(IEnumerable<Span> spans)
    {
        List<Span> settled = [];
        bool afterQuote = false, atStart = true;
        foreach (Span span in spans.Where(span => span.Text.Length > 0))
        {
            bool quote = span.Style == SpanStyle.Quote;
            if ((quote && !atStart) || (afterQuote && !span.Text.StartsWith('\n'))) settled.Add(new Span("\n"));
            settled.Add(span);
            (afterQuote, atStart) = (quote, span.Text.EndsWith('\n'));
        }

        return settled;
    }

    /// <summary>The first characters, at most <paramref name="max"/> with the sign that something is missing; whole characters as people see them.</summary>
    public static List<Span> Cut(IReadOnlyList<Span> spans, int max)
    {
        if (Length(spans) <= max) return [.. spans];
        List<Span> cut = [];
        int left = max - Ellipsis.Length;
        if (left < 0) return cut;
        foreach (Span span in spans)
        {
            if (span.Text.Length <= left)
            {
                cut.Add(span);
                left -= span.Text.Length;
                continue;
            }

            string head = Head(span.Text, left);
            if (head.Length > 0) cut.Add(span with { Text = head });
            break;
        }

        cut.Add(new Span(Ellipsis));
        return cut;
    }

    /// <summary>The HTML.</summary>
    public static string Write(IEnumerable<Span> spans)
    {
        StringBuilder html = new();
        foreach (Span span in spans)
        {
            (string open, string close) = Tags(span);
            html.Append(open);
            Escape(html, span.Text);
            html.Append(close);
        }

        return html.ToString();
    }

    private static (string Open, string Close) Tags(Span span) => span.Style switch
    {
        SpanStyle.Bold => ("<b>", "</b>"),
        SpanStyle.Italic => ("<i>", "</i>"),
        SpanStyle.Code => ("<code>", "</code>"),
        SpanStyle.Quote => ("<blockquote>", "</blockquote>"),
        SpanStyle.Link when span.Link is { IsAbsoluteUri: true, Scheme: "https" or "http" or "tg" } link => ($"<a href=\"{Escape(new StringBuilder(), link.AbsoluteUri)}\">", "</a>"),
        _ => ("", ""),
    };

    private static StringBuilder Escape(StringBuilder html, string text)
    {
        foreach (char c in text)
        {
            _ = c switch
            {
                '&' => html.Append("&amp;"),
                '<' => html.Append("&lt;"),
                '>' => html.Append("&gt;"),
                '"' => html.Append("&quot;"),
                // Control characters are invisible where they are not harmful.
                _ when char.IsControl(c) && c is not ('\n' or '\t') => html,
                _ => html.Append(c),
            };
        }

        return html;
    }

    private static string Head(string text, int max)
    {
        int end = 0;
        while (end < text.Length)
        {
            int next = end + StringInfo.GetNextTextElementLength(text, end);
            if (next > max) break;
            end = next;
        }

        return text[..end];
    }
}
