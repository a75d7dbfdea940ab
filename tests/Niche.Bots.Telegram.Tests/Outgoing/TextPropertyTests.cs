using CsCheck;
using Niche.Bots.Outgoing;
using Niche.Bots.Telegram.Outgoing;
using Niche.TelegramStandIn.Text;

namespace Niche.Bots.Telegram.Tests.Outgoing;

/// <summary>Whatever people write, it is shown as they wrote it, and it fits.</summary>
public sealed class TextPropertyTests
{
    private static readonly string[] Odd = ["</b>", "<b>", "&lt;", "&#60;", "👩‍👩‍👧", "\u202E", "\uD83D", ""];

    private static readonly Gen<string> Words = Gen.Frequency(
        (3, Gen.String[Gen.Char["<>&\"'/ab\n@#;"], 0, 30]), (1, Gen.String[0, 30]), (1, Gen.Int[0, Odd.Length - 1].Select(i => Odd[i])));

    private static readonly Gen<Span> Spans = Gen.Select(Words, Gen.Enum<SpanStyle>(), (text, style) => new Span(text, style, style == SpanStyle.Link ? new Uri("https://a.example/?q=\"<&") : null));

    private static readonly Gen<View> Views = Gen.Select(
        Words, Spans.List[0, 8], Gen.Select(Words, Spans.List[0, 2], (name, value) => new ViewField(name, new RichText(value))).List[0, 4], Words, Gen.Enum<Tone>(),
        (title, body, fields, footer, tone) => new View { Title = title, Body = new RichText(body), Fields = fields, Footer = footer, Tone = tone });

    [Fact]
    public void No_words_become_markup() => Spans.List[0, 8].Sample(spans =>
        HtmlReader.Read(HtmlText.Write(spans)).Plain == Visible(string.Concat(spans.Select(span => span.Text))));

    [Fact]
    public void Every_view_is_understood_and_fits() => Gen.Select(Views, Gen.Int[1, 200]).Sample((view, max) => HtmlReader.Read(ViewText.Write(view, max)).Plain.Length <= max);

    [Fact]
    public void A_view_that_fits_loses_nothing() => Views.Sample(view =>
    {
        string plain = HtmlReader.Read(ViewText.Write(view, 4096)).Plain;
        return plain.Contains(Visible(view.Footer!), StringComparison.Ordinal) && view.Fields.All(field => plain.Contains(Visible(field.Name), StringComparison.Ordinal));
    });

    [Fact]
    public void Cutting_never_splits_what_people_see_as_one_sign() => Gen.Int[1, 40].Sample(max =>
    {
        List<Span> cut = HtmlText.Cut([new Span(string.Concat(Enumerable.Repeat("👩‍👩‍👧", 8)))], max);
        return cut.Sum(span => span.Text.Length) <= max && string.Concat(cut.Select(span => span.Text)).Replace("👩‍👩‍👧", "", StringComparison.Ordinal) is "" or "…";
    });

    // Control characters are left out; a broken surrogate is the encoder's business later.
    private static string Visible(string text) => string.Concat(text.Where(c => !char.IsControl(c) || c is '\n' or '\t'));
}
