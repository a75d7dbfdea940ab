using System.Text.Json.Nodes;
using Niche.Bots.Commands;
using Niche.Bots.Discord.Tests.Rig;
using Niche.Bots.Platforms;

namespace Niche.Bots.Discord.Tests.Commands;

public sealed class CommandRegistryTests : DiscordTest
{
    private static readonly CommandBook Book = new(
        [
            new CommandSpec("imagine", Texts("Makes pictures", "Macht Bilder"),
            [
                new OptionSpec { Name = "model", Kind = OptionKind.Text, Description = Texts("Model", "Modell"), Suggests = true },
                new OptionSpec { Name = "prompt", Kind = OptionKind.Text, Description = Texts("What to paint", "Was zu malen ist"), Required = true, Min = 1, Max = 6000 },
                new OptionSpec { Name = "count", Kind = OptionKind.Whole, Description = Texts("How many", "Wie viele"), Min = 1, Max = 4 },
                new OptionSpec { Name = "guidance", Kind = OptionKind.Number, Description = Texts("Guidance", "Führung"), Min = 0, Max = 20.5 },
                new OptionSpec { Name = "private", Kind = OptionKind.Flag, Description = Texts("For me only", "Nur für mich") },
                new OptionSpec { Name = "image", Kind = OptionKind.File, Description = Texts("A picture", "Ein Bild") },
                new OptionSpec
                {
                    Name = "ratio", Kind = OptionKind.Text, Description = Texts("Shape", "Form"), Choices = [new OptionChoice("1:1", Texts("Square", "Quadrat")), new OptionChoice("3:2", Texts("Wide", "Breit"))],
                },
            ]),
            new CommandSpec("drain", Texts("Takes no new jobs", "Nimmt nichts Neues an"), [], ForOperators: true),
        ],
        [new MessageCommand("Vary", Texts("Vary", "Variieren"), AnswerScope.Everybody)]);

    [Fact]
    public async Task An_unchanged_set_is_sent_once_however_often_it_is_registered()
    {
        for (int i = 0; i < 3; i++) await Platform.RegisterAsync(Book, Ct);
        Assert.Single(Discord.CallsOf("bulk_set_application_commands"));
        Assert.Equal(["imagine", "drain", "Vary"], Discord.App.Commands.Select(command => (string?)command!["name"]));
    }

    [Fact]
    public async Task Required_options_come_first_and_operators_commands_are_not_for_all()
    {
        await Platform.RegisterAsync(Book, Ct);
        JsonArray commands = Discord.App.Commands;
        Assert.Equal("prompt", (string?)commands[0]!["options"]![0]!["name"]);
        Assert.Equal("32", (string?)commands[1]!["default_member_permissions"]);
        Assert.Equal("Macht Bilder", (string?)commands[0]!["description_localizations"]!["de"]);
        Assert.Equal("Variieren", (string?)commands[2]!["name_localizations"]!["de"]);
    }

    [Fact]
    public async Task Any_change_sends_the_set_again()
    {
        await Platform.RegisterAsync(Book, Ct);
        CommandSpec first = Book.Commands[0];
        CommandBook[] changes =
        [
            Book with { Commands = [first] },
            Book with { Commands = [first with { Description = Texts("Makes a picture", "Macht Bilder") }] },
            Book with { Commands = [first with { Description = Texts("Makes a picture", "Macht ein Bild") }] },
            Book with { Commands = [first with { Options = [.. first.Options.Skip(1)] }] },
            Book with { Commands = [first with { Options = [.. first.Options.Select(option => option.Name == "count" ? option with { Max = 8 } : option)] }] },
            Book with { Commands = [first], MessageCommands = [] },
        ];
        foreach (CommandBook change in changes)
        {
            int before = Discord.CallsOf("bulk_set_application_commands").Count;
            await Platform.RegisterAsync(change, Ct);
            await Platform.RegisterAsync(change, Ct);
            Assert.Equal(before + 1, Discord.CallsOf("bulk_set_application_commands").Count);
        }
    }

    [Fact]
    public async Task A_Discord_that_does_not_answer_is_a_typed_fault()
    {
        for (int i = 0; i < 4; i++) Discord.Disturbances.Enqueue((503, ""));
        Assert.Equal(PlatformFault.Unavailable, (await Assert.ThrowsAsync<PlatformException>(() => Platform.RegisterAsync(Book, Ct))).Fault);
    }

    private static Dictionary<string, string> Texts(string english, string german) => new() { ["en"] = english, ["de"] = german };
}
