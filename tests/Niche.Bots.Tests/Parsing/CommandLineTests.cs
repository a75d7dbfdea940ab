using CsCheck;
using Niche.Bots.Commands;
using Niche.Bots.Parsing;
using Niche.Bots.Tests.Rig;
using Niche.Bots.Texts;
using Niche.Subnet.Policy;

namespace Niche.Bots.Tests.Parsing;

/// <summary>What people type becomes what they meant, or a fault that says what to do.</summary>
public sealed class CommandLineTests
{
    private static readonly CommandSpec Imagine = CommandCatalogue.Create(TextBook.Load(), DefaultPolicy.Load()).Find(CommandNames.Imagine)!;

    [Theory]
    [InlineData("a red house --ar 3:2 --no blur, fog --seed 7", "prompt=a red house;ratio=3:2;negative=blur, fog;seed=7")]
    [InlineData("--seed 7 a red house", "seed=7;prompt=a red house")]
    [InlineData("a house —seed 7", "prompt=a house;seed=7")]
    [InlineData("a house -n 2", "prompt=a house;count=2")]
    [InlineData("a well-known house - with -- dashes", "prompt=a well-known house - with -- dashes")]
    [InlineData("a house --private --spoiler no --count=3", "prompt=a house;private=true;spoiler=no;count=3")]
    [InlineData("a house --private in the snow", "prompt=a house in the snow;private=true")]
    [InlineData("--no \"a b\" --seed 1 house", "negative=a b;seed=1;prompt=house")]
    [InlineData("--style night a house", "style=night;prompt=a house")]
    [InlineData("--ar 1:1 a house --model niche-scenes in snow", "ratio=1:1;prompt=a house in snow;model=niche-scenes")]
    [InlineData("--SEED 7 x", "seed=7;prompt=x")]
    public void A_line_is_read_as_people_mean_it(string line, string expected)
    {
        (IReadOnlyDictionary<string, string> values, IReadOnlyList<Notice> faults) = CommandLine.Read(Imagine, line);
        Assert.Empty(faults);
        Assert.Equal(expected.Split(';').Order(StringComparer.Ordinal), values.Select(value => $"{value.Key}={value.Value}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("x --foo 1", "parse.unknown")]
    [InlineData("x --seed", "parse.no-value")]
    [InlineData("x --seed 1 --seed 2", "parse.twice")]
    [InlineData("x --image y", "parse.unknown")]
    public void What_cannot_be_meant_is_said(string line, string key) => Assert.Equal(key, Assert.Single(CommandLine.Read(Imagine, line).Faults).Key);

    [Theory]
    [InlineData("seed", "1.5", "parse.whole")]
    [InlineData("seed", "-1", "parse.range")]
    [InlineData("seed", "99999999999999999999999", "parse.range")]
    [InlineData("seed", "1e400", "parse.whole")]
    [InlineData("guidance", "NaN", "parse.number")]
    [InlineData("guidance", "11", "parse.range")]
    [InlineData("steps", "0", "parse.range")]
    [InlineData("private", "perhaps", "parse.flag")]
    [InlineData("style", "cubism", "parse.choice")]
    public void A_value_out_of_its_range_is_a_fault_with_the_range(string name, string value, string key)
    {
        Options read = OptionReader.Read(Imagine, new Dictionary<string, string> { ["prompt"] = "x", [name] = value });
        Assert.Equal(key, Assert.Single(read.Faults).Key);
    }

    [Fact]
    public void A_decimal_comma_is_a_decimal_point() =>
        Assert.Equal(4.5, OptionReader.Read(Imagine, new Dictionary<string, string> { ["prompt"] = "x", ["guidance"] = "4,5" }).Number("guidance"));

    [Fact]
    public void A_prompt_of_six_thousand_characters_is_refused_and_not_cut()
    {
        Options read = OptionReader.Read(Imagine, new Dictionary<string, string> { ["prompt"] = new string('a', 6000) });
        Assert.Equal("parse.too-long", Assert.Single(read.Faults).Key);
        Assert.Null(read.Text("prompt"));
    }

    [Fact]
    public void A_missing_prompt_is_said_once_with_an_example() =>
        Assert.Equal("parse.missing-words", Assert.Single(OptionReader.Read(Imagine, new Dictionary<string, string>()).Faults).Key);

    [Fact]
    public void Whatever_is_typed_nothing_throws_and_all_values_are_of_known_options() =>
        Gen.OneOf(Gen.String, Any.Of("--", "--seed", "--no", "-n", "—ar", "\"", "“", "x", "=", "7", "--private", "\n", "--seed=", "«").Array[0, 12].Select(words => string.Join(' ', words)))
            .Sample(line =>
            {
                (IReadOnlyDictionary<string, string> values, _) = CommandLine.Read(Imagine, line);
                Assert.All(values, value => Assert.NotNull(Imagine.Find(value.Key)));
                Options read = OptionReader.Read(Imagine, values);
                Assert.All(read.Values, value => Assert.NotEmpty(value.Value));
                if (read.Whole("seed") is { } seed) Assert.InRange(seed, 0, 1_000_000_000);
            });

    [Fact]
    public void Free_words_come_through_whatever_options_stand_between_them() =>
        Gen.Select(Gen.String[Gen.Char['a', 'z'], 1, 8].Array[1, 6], Gen.Int[0, 1000]).Sample((words, seed) =>
        {
            (IReadOnlyDictionary<string, string> values, IReadOnlyList<Notice> faults) = CommandLine.Read(Imagine, $"{words[0]} --seed {seed} {string.Join(' ', words[1..])}");
            Assert.Empty(faults);
            Assert.Equal(string.Join(' ', words), values["prompt"]);
        });
}
