using System.Text;
using Niche.Bots.Outgoing;

namespace Niche.Bots.Texts;

/// <summary>Turns a sentence of the text book into styled pieces.</summary>
internal static class Sentence
{
    /// <summary>Fills the placeholders; one that nothing is given for stays as it is written, so that a test can see it.</summary>
    public static RichText Fill(string template, IReadOnlyList<Filling> fillings)
    {
        List<Span> spans = [];
        StringBuilder text = new();
        SpanStyle style = SpanStyle.Plain;
        for (int i = 0; i < template.Length; i++)
        {
            char c = template[i];
            if (c is '*' or '`')
            {
                Flush();
                SpanStyle mark = c == '*' ? SpanStyle.Bold : SpanStyle.Code;
                style = style == mark ? SpanStyle.Plain : mark;
            }
            else if (c == '{' && template.IndexOf('}', i) is > 0 and int end && Find(template[(i + 1)..end]) is { } filling)
            {
                Flush();
                // A plain filling takes the style around it.
                foreach (Span span in filling.Value.Spans) Add(span.Style == SpanStyle.Plain ? span with { Style = style } : span);
                i = end;
            }
            else
            {
                text.Append(c);
            }
        }

        Flush();
        return new RichText(spans);

        Filling? Find(string name) => fillings.FirstOrDefault(candidate => candidate.Name == name);

        // What stands in one pair of marks is one piece, also with placeholders in it: two pieces of code side by side are something else to a reader.
        void Add(Span span)
        {
            bool joins = span.Style is SpanStyle.Bold or SpanStyle.Code && spans.Count > 0 && spans[^1].Style == span.Style;
            if (joins) spans[^1] = spans[^1] with { Text = spans[^1].Text + span.Text };
            else spans.Add(span);
        }

        void Flush()
        {
            if (text.Length > 0) Add(new Span(text.ToString(), style));
            text.Clear();
        }
    }
}
