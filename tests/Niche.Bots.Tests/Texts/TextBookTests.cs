using System.Text.RegularExpressions;
using Niche.Bots.Commands;
using Niche.Bots.Outgoing;
using Niche.Bots.Texts;
using Niche.Subnet.Policy;

namespace Niche.Bots.Tests.Texts;

/// <summary>The text book says the same in every language.</summary>
public sealed partial class TextBookTests
{
    private static readonly TextBook Book = TextBook.Load();

    public static TheoryData<string> Tags => [.. Language.All.Select(language => language.Tag)];

    [Theory, MemberData(nameof(Tags))]
    public void Every_language_has_every_key(string tag) => Assert.Equal(Book.Keys(Language.English), Book.Keys(Language.Find(tag)!));

    [Theory, MemberData(nameof(Tags))]
    public void Every_sentence_has_the_placeholders_of_the_english_one(string tag) => Assert.All(Book.Keys(Language.English), key =>
        Assert.Equal(Placeholders(Language.English, key), Placeholders(Language.Find(tag)!, key)));

    [Theory, MemberData(nameof(Tags))]
    public void Marks_are_closed(string tag) => Assert.All(Book.Keys(Language.English), key =>
    {
        string sentence = Book.Template(Language.Find(tag)!, key);
        Assert.Equal(0, sentence.Count(c => c == '*') % 2);
        Assert.Equal(0, sentence.Count(c => c == '`') % 2);
    });

    [Fact]
    public void No_two_languages_are_the_same_book()
    {
        int keys = Book.Keys(Language.English).Count;
        Assert.All(Language.All.Skip(1), language =>
            Assert.True(Book.Keys(language).Count(key => Book.Template(language, key) == Book.Template(Language.English, key)) < keys / 10, language.Name));
    }

    [Fact]
    public void What_the_commands_show_fits_discord()
    {
        CommandBook commands = CommandCatalogue.Create(Book, DefaultPolicy.Load());
        Assert.All(commands.Commands, command => Assert.All(command.Description.Values, text => Assert.InRange(text.Length, 1, 100)));
        Assert.All(commands.Commands.SelectMany(command => command.Options), option =>
        {
            Assert.All(option.Description.Values, text => Assert.InRange(text.Length, 1, 100));
            Assert.InRange(option.Choices.Count, 0, 25);
            Assert.All(option.Choices, choice => Assert.All(choice.Label.Values, text => Assert.InRange(text.Length, 1, 100)));
        });
        Assert.All(commands.MessageCommands, command => Assert.All(command.Label.Values, text => Assert.InRange(text.Length, 1, 32)));
        Assert.All(commands.Commands, command => Assert.False(command.Options.SkipWhile(option => option.Required).Any(option => option.Required), command.Name));
    }

    [Theory, MemberData(nameof(Tags))]
    public void Labels_of_buttons_fit(string tag) => Assert.All(Book.Keys(Language.English).Where(key => key.StartsWith("button.", StringComparison.Ordinal) && key != "button.false"),
        key => Assert.InRange(Book.Template(Language.Find(tag)!, key).Length, 1, 40));

    [Fact]
    public void What_fills_a_placeholder_is_never_a_mark()
    {
        RichText text = Book.Say(Language.English, "parse.unknown", Filling.Of("name", "*x*`y`{values}"), Filling.Of("values", "{name}"));
        Assert.Contains(text.Spans, span => span is { Style: SpanStyle.Code, Text: "--*x*`y`{values}" });
        Assert.Contains("{name}", text.ToString(), StringComparison.Ordinal);
    }

    private static string[] Placeholders(Language language, string key) =>
        [.. Placeholder().Matches(Book.Template(language, key)).Select(match => match.Value).Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"\{[a-z-]+\}")]
    private static partial Regex Placeholder();
}
