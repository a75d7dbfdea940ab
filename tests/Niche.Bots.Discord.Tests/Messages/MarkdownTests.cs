using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Niche.Bots.Discord.Messages;
using Niche.Bots.Outgoing;

namespace Niche.Bots.Discord.Tests.Messages;

public sealed partial class MarkdownTests
{
    private static readonly Gen<string> Nasty = Gen.OneOf(
        Gen.String, Gen.Char["*_~`|><#-+[]():@\\ \n!&a"].Array[0, 40].Select(chars => new string(chars)),
        Gen.Const("@everyone"), Gen.Const("<@123>"), Gen.Const("<@&123>"), Gen.Const("[a](https://evil.example)"), Gen.Const("```"), Gen.Const("||x||"), Gen.Const("\u202eabc"), Gen.Const("🏠🏠🏠"));

    private static readonly Gen<RichText> Text = Gen.Select(Nasty, Gen.Enum<SpanStyle>())
        .Select((text, style) => new Span(text, style, style == SpanStyle.Link ? new Uri("https://example.org/a>b") : null)).Array[0, 8].Select(spans => new RichText(spans));

    [Fact]
    public void Whatever_is_written_fits() => Gen.Select(Text, Gen.Int[0, 300]).Sample((text, max) => Markdown.Write(text, max).Length <= max);

    [Fact]
    public void Whatever_is_written_is_valid_Unicode_and_turns_no_direction() => Gen.Select(Text, Gen.Int[0, 300]).Sample((text, max) =>
    {
        string written = Markdown.Write(text, max);
        return written.Length == Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(written)).Length && !Turning().IsMatch(written);
    });

    [Fact]
    public void Plain_text_means_itself_every_mark_is_escaped_and_no_mention_is_left() => Nasty.Sample(text =>
    {
        string written = Markdown.Write(RichText.Plain(text), 100_000);
        return !Mention().IsMatch(written) && Unescape(written) == Markdown.Clean(text) && !HasMark(written);
    });

    [Theory]
    [InlineData(SpanStyle.Bold, "a", "**a**")]
    [InlineData(SpanStyle.Bold, " a ", " **a** ")]
    [InlineData(SpanStyle.Italic, "a*b", @"*a\*b*")]
    [InlineData(SpanStyle.Code, "x_y", "`x_y`")]
    [InlineData(SpanStyle.Code, "a`b", "`` a`b ``")]
    [InlineData(SpanStyle.Code, "a\nb", "\n```\na\nb\n```\n")]
    [InlineData(SpanStyle.Quote, "a\nb", "\n> a\n> b\n")]
    [InlineData(SpanStyle.Plain, "1 < 2", @"1 \< 2")]
    public void Styles_are_Discords(SpanStyle style, string text, string expected) =>
        Assert.Equal(expected, Markdown.Write(new RichText([new Span(text, style)]), 1000));

    [Fact]
    public void A_link_leads_where_it_says_and_its_words_cannot_change_that() => Assert.Equal(
        @"[a\]\(https\://evil\)](<https://example.org/x%3Ey>)",
        Markdown.Write(new RichText([new Span("a](https://evil)", SpanStyle.Link, new Uri("https://example.org/x>y"))]), 1000));

    [Fact]
    public void What_does_not_fit_ends_with_an_ellipsis_and_no_half_of_a_sign()
    {
        string written = Markdown.Write(RichText.Plain(string.Concat(Enumerable.Repeat("🏠", 100))), 40);
        Assert.EndsWith("…", written, StringComparison.Ordinal);
        Assert.InRange(written.Length, 35, 40);
        Assert.Equal(written, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(written)));
    }

    private static bool HasMark(string written)
    {
        for (int i = 0; i < written.Length; i++)
        {
            if (written[i] == '\\') i++;
            else if ("*_~`|<>[]".Contains(written[i], StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private static string Unescape(string written) => Escape().Replace(written, "$1").Replace("@\u200b", "@", StringComparison.Ordinal);

    [GeneratedRegex("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")]
    private static partial Regex Turning();

    [GeneratedRegex(@"@(everyone|here)|(?<!\\)<[@#:]")]
    private static partial Regex Mention();

    [GeneratedRegex(@"\\([^0-9A-Za-z\s])")]
    private static partial Regex Escape();
}
