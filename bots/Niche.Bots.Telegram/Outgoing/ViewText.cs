using Niche.Bots.Outgoing;

namespace Niche.Bots.Telegram.Outgoing;

/// <summary>The words of a view: title, body, named values, last line. What does not fit is cut at the end of the body first.</summary>
internal static class ViewText
{
    /// <summary>The HTML of a view within a number of characters; empty when it has no words.</summary>
    public static string Write(View view, int max)
    {
        List<Span> head = [.. Head(view)], body = HtmlText.Settle(view.Body.Spans), tail = HtmlText.Settle(Tail(view));
        if (head.Count > 0 && HtmlText.Length(body) > 0) head.Add(new Span("\n"));
        if (tail.Count > 0 && (head.Count > 0 || HtmlText.Length(body) > 0)) tail.Insert(0, new Span("\n\n"));
        int room = max - HtmlText.Length(head) - HtmlText.Length(tail);
        List<Span> all = [.. head, .. HtmlText.Cut(body, Math.Max(0, room)), .. tail];
        return HtmlText.Write(HtmlText.Cut(all, max));
    }

    private static IEnumerable<Span> Head(View view)
    {
        string sign = view.Tone switch
        {
            Tone.Warning => "⚠️ ",
            Tone.Bad => "❌ ",
            _ => "",
        };
        if (sign.Length > 0) yield return new Span(sign);
        if (view.Title is { Length: > 0 } title) yield return new Span(title, SpanStyle.Bold);
    }

    private static IEnumerable<Span> Tail(View view)
    {
        bool first = true;
        foreach (ViewField field in view.Fields)
        {
            if (!first) yield return new Span("\n");
            first = false;
            yield return new Span(field.Name + ": ", SpanStyle.Bold);
            foreach (Span span in field.Value.Spans) yield return span;
        }

        if (view.Footer is not { Length: > 0 } footer) yield break;
        if (!first) yield return new Span("\n\n");
        yield return new Span(footer, SpanStyle.Italic);
    }
}
