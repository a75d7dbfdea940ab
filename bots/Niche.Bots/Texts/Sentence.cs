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
                foreach (Span span in filling.Value.Spans) spans.Add(span.Style == SpanStyle.Plain ? span with { Style = style } : span);
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

        void Flush()
        {
            if (text.Length > 0) spans.Add(new Span(text.ToString(), style));
            text.Clear();
        }
    }
}
