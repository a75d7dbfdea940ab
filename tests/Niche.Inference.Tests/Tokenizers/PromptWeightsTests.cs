using CsCheck;
using Niche.Inference.Tokenizers;

namespace Niche.Inference.Tests.Tokenizers;

public sealed class PromptWeightsTests
{
    [Theory]
    [InlineData("a red house", "a red house*1")]
    [InlineData("a (red) house", "a *1|red*1.1| house*1")]
    [InlineData("a ((red)) house", "a *1|red*1.21| house*1")]
    [InlineData("a [red] house", "a *1|red*0.909| house*1")]
    [InlineData("a (red:1.5) house", "a *1|red*1.5| house*1")]
    [InlineData("(a (red:2) house:1.5)", "a *1.5|red*3| house*1.5")]
    [InlineData("a \\(red\\) house", "a (red) house*1")]
    [InlineData("a (red house", "a (red house*1")]
    [InlineData("a red) house :)", "a red) house :)*1")]
    [InlineData("(red:blue)", "red:blue*1.1")]
    [InlineData("(red:99)", "red*4")]
    [InlineData("([)]", "(*1|)*0.909")]
    [InlineData("", "")]
    public void Brackets_give_weight(string prompt, string expected) =>
        Assert.Equal(expected, string.Join('|', PromptWeights.Read(prompt).Select(part => FormattableString.Invariant($"{part.Text}*{Math.Round(part.Weight, 3)}"))));

    [Fact]
    public void Every_text_has_a_reading_and_no_letter_is_lost() => Gen.String[Gen.Char["ab ()[]:\\.15"], 0, 40].Sample(prompt =>
    {
        var parts = PromptWeights.Read(prompt);
        Assert.All(parts, part => Assert.InRange(part.Weight, 0, 4));
        Assert.Equal(prompt.Count(c => c is 'a' or 'b'), parts.Sum(part => part.Text.Count(c => c is 'a' or 'b')));
    }, iter: 5000);
}
