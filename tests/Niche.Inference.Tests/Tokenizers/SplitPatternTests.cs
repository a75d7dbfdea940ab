using System.Globalization;
using System.Text;
using CsCheck;
using Niche.Inference.Models;
using Niche.Inference.Tokenizers.Pipeline;

namespace Niche.Inference.Tests.Tokenizers;

public sealed class SplitPatternTests
{
    [Theory]
    [InlineData(@"\w+", @"\w")]
    [InlineData(@"a\b", @"\b")]
    [InlineData(@"^a", "^")]
    [InlineData(@"[a-z&&[aeiou]]", "&")]
    [InlineData(@"\p{Han}+", "general category")]
    [InlineData(@"(?<name>a)", "(?<n")]
    [InlineData(@"\x{41}", @"\x")]
    [InlineData("[\u00a0-\uffee]", "range")]
    [InlineData("\ud835\udc00", "U+FFFF")]
    [InlineData("(a", "not supported")]
    [InlineData("a)", "bracket")]
    [InlineData("[a", "class")]
    public void What_means_something_else_here_is_refused_by_name(string pattern, string named) =>
        Assert.Contains(named, Assert.Throws<FormatException>(() => new SplitPattern(pattern)).Message, StringComparison.Ordinal);

    [Fact]
    public void Any_pattern_is_read_or_refused() => Gen.Char["ab()[]{}?*+|\\pPLsS^$.,13:=!<>&-\u00e9"].Array[0, 20].Select(c => new string(c)).Sample(pattern =>
    {
        try
        {
            new SplitPattern(pattern).Find("ab a1 \u00e9!");
        }
        catch (FormatException)
        {
            // Refused.
        }
    }, iter: 2000);

    [Fact]
    public void Every_stand_in_has_the_category_it_stands_for()
    {
        var beyond = Enumerable.Range(0x10000, 0x100000).Select(code => Rune.GetUnicodeCategory(new Rune(code))).Distinct();

        Assert.All(beyond, category => Assert.Equal(category, CharUnicodeInfo.GetUnicodeCategory(CategoryLetters.ByCategory[(int)category])));
    }

    [Fact]
    public void A_pattern_that_explodes_is_stopped()
    {
        var error = Assert.Throws<InferenceException>(() => new SplitPattern(@"(?:a+b?)+(?=\d)").Find(new string('a', 60) + "!1"));

        Assert.Equal("prompt_too_costly", error.Code);
    }
}
