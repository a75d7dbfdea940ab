using System.Globalization;
using System.Text;
using CsCheck;
using Niche.Bots.Tests.Rig;
using Niche.Bots.Texts;

namespace Niche.Bots.Tests.Texts;

/// <summary>Hostile texts come out harmless and honest ones as they were.</summary>
public sealed class StrangerTextTests
{
    private static readonly Gen<string> Hostile = Gen.OneOf(
        Gen.String, Gen.Char.Array[0, 40].Select(chars => new string(chars)),
        Any.Of("@everyone", "<@123>", "\u202Etxt.exe", "a\u200Bb", "\uD800", "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301", "\u2066x\u2069", "<#1>", "@here", "\u0000", "\uFEFF")
            .Array[0, 8].Select(string.Concat));

    [Theory]
    [InlineData("a\u200Bb\u2060c\uFEFFd", "abcd")]
    [InlineData("safe\u202Egnp.exe", "safegnp.exe")]
    [InlineData("a\r\nb\u0007", "a\nb")]
    [InlineData("x\uD800y", "xy")]
    [InlineData("  ein Haus  ", "ein Haus")]
    [InlineData("می\u200Cخواهم", "می\u200Cخواهم")]
    [InlineData("👩\u200D👩\u200D👧", "👩\u200D👩\u200D👧")]
    [InlineData("日本語の家", "日本語の家")]
    public void What_is_invisible_goes_and_what_is_language_stays(string text, string clean) => Assert.Equal(clean, StrangerText.Clean(text));

    [Fact]
    public void Cleaning_twice_changes_nothing_more() => Hostile.Sample(text => Assert.Equal(StrangerText.Clean(text), StrangerText.Clean(StrangerText.Clean(text))));

    [Fact]
    public void Nothing_that_hides_or_turns_survives() => Hostile.Sample(text =>
    {
        string clean = StrangerText.Clean(text);
        Assert.True(clean.Length <= StrangerText.MaxCharacters);
        foreach (Rune rune in clean.EnumerateRunes())
        {
            Assert.NotEqual(Rune.ReplacementChar, rune);
            Assert.False(Rune.IsControl(rune) && rune.Value is not ('\n' or '\t'));
            Assert.True(Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format || rune.Value is 0x200C or 0x200D);
        }
    });

    [Fact]
    public void What_is_shown_calls_nobody_and_is_no_longer_than_asked() => Hostile.Sample(text =>
    {
        string shown = StrangerText.Shown(text, 50);
        Assert.True(shown.Replace("\u200B", "", StringComparison.Ordinal).Length <= 50);
        Assert.DoesNotContain("@everyone", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("@here", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("<@1", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("<#", shown, StringComparison.Ordinal);
    });

    [Fact]
    public void A_tower_of_marks_is_cut() => Assert.True(StrangerText.Clean("z" + new string('\u0301', 500)).Length <= 5);
}
