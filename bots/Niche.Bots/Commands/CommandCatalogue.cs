using Niche.Bots.Texts;
using Niche.Subnet.Jobs;
using Niche.Subnet.Policy;

namespace Niche.Bots.Commands;

/// <summary>Makes the command book: names and shapes from here, words from the text book, ranges from the policy.</summary>
public static class CommandCatalogue
{
    private const int MaxCode = 12, MaxId = 26, MaxTalk = 2000;

    /// <summary>Makes the book.</summary>
    public static CommandBook Create(TextBook texts, SubnetPolicy policy)
    {
        CommandSpec Command(string name, AnswerScope answers, params OptionSpec[] options) => new(
            name, texts.InAll("command." + name), [.. options.Select(option => Describe(texts, name, option))], answers, name == CommandNames.Admin);
        OptionSpec id = Option("id", OptionKind.Text) with { Suggests = true, Max = MaxId, TakesRest = true };
        return new CommandBook(
            [
                Command(CommandNames.Imagine, AnswerScope.Everybody, Imagine(texts, policy)),
                Command(CommandNames.Chat, AnswerScope.Everybody, Option("text", OptionKind.Text) with { Required = true, TakesRest = true, Max = MaxTalk },
                    Option("new", OptionKind.Flag), Option("private", OptionKind.Flag)),
                Command(CommandNames.Vary, AnswerScope.Everybody, id, Option("picture", OptionKind.Whole) with { Min = 1, Max = 4 }, Option("image", OptionKind.File)),
                Command(CommandNames.Upscale, AnswerScope.Everybody, id, Option("picture", OptionKind.Whole) with { Min = 1, Max = 4 }, Option("image", OptionKind.File)),
                Command(CommandNames.Describe, AnswerScope.Everybody, Option("image", OptionKind.File)),
                Command(CommandNames.Show, AnswerScope.Everybody, id),
                Command(CommandNames.History, AnswerScope.OnlyAsker), Command(CommandNames.Favorites, AnswerScope.OnlyAsker),
                Command(CommandNames.Cancel, AnswerScope.OnlyAsker, id), Command(CommandNames.Queue, AnswerScope.OnlyAsker),
                Command(CommandNames.Models, AnswerScope.Everybody), Command(CommandNames.Miners, AnswerScope.Everybody),
                Command(CommandNames.Stats, AnswerScope.OnlyAsker),
                Command(CommandNames.Settings, AnswerScope.OnlyAsker, Settings(texts)),
                Command(CommandNames.Link, AnswerScope.OnlyAsker, Option("code", OptionKind.Text) with { Max = MaxCode, TakesRest = true }),
                Command(CommandNames.Verify, AnswerScope.Everybody, Option("image", OptionKind.File)),
                Command(CommandNames.Help, AnswerScope.OnlyAsker),
                Command(CommandNames.Admin, AnswerScope.OnlyAsker, Admin()),
            ],
            [
                Menu(texts, CommandNames.MessageInfo, "info", AnswerScope.OnlyAsker), Menu(texts, CommandNames.MessageVary, "vary", AnswerScope.Everybody),
                Menu(texts, CommandNames.MessageUpscale, "upscale", AnswerScope.Everybody), Menu(texts, CommandNames.MessageInput, "input", AnswerScope.OnlyAsker),
                Menu(texts, CommandNames.MessageVerify, "verify", AnswerScope.OnlyAsker),
            ]);
    }

    private static OptionSpec[] Imagine(TextBook texts, SubnetPolicy policy)
    {
        ModelPolicy[] models = [.. policy.Models.Where(model => model.Kind == ModelKind.Image)];
        return
        [
            Option("prompt", OptionKind.Text) with { Required = true, TakesRest = true, Min = 1, Max = models.Max(model => model.MaxPromptCharacters) },
            Option("model", OptionKind.Text, "m") with { Suggests = true, Max = 64, OneWord = true },
            Option("ratio", OptionKind.Text, "ar", "size") with { Suggests = true, Max = 16, OneWord = true },
            Option("count", OptionKind.Whole, "n") with { Min = 1, Max = models.Max(model => model.MaxCount) },
            Option("negative", OptionKind.Text, "no") with { Max = models.Max(model => model.MaxPromptCharacters) },
            Option("seed", OptionKind.Whole) with { Min = 0, Max = models.Max(model => model.MaxSeed) },
            Option("steps", OptionKind.Whole) with { Min = models.Min(model => model.Steps!.Min), Max = models.Max(model => model.Steps!.Max) },
            Option("guidance", OptionKind.Number, "cfg", "scale") with { Min = models.Min(model => model.Guidance!.Min), Max = models.Max(model => model.Guidance!.Max) },
            Option("style", OptionKind.Text) with { Choices = [.. StyleBook.Names.Select(name => new OptionChoice(name, texts.InAll("style." + name)))] },
            Option("image", OptionKind.File),
            Option("strength", OptionKind.Number) with { Min = JobRequestValidator.Strengths.Min, Max = JobRequestValidator.Strengths.Max },
            Option("private", OptionKind.Flag),
            Option("spoiler", OptionKind.Flag),
        ];
    }

    private static OptionSpec[] Settings(TextBook texts) =>
    [
        Option("scope", OptionKind.Text) with { Choices = Choices(texts, "scope.", "user", "channel") },
        Option("name", OptionKind.Text) with
        {
            Choices = Names("language", "model", "ratio", "count", "style", "steps", "guidance", "negative", "private", "max-count", "max-steps",
                "pictures-per-hour", "adult", "allow", "deny", "unlist", "disable", "enable"),
        },
        Option("value", OptionKind.Text) with { Max = 200, TakesRest = true },
    ];

    private static OptionSpec[] Admin() =>
    [
        Option("action", OptionKind.Text) with
        {
            Required = true, Choices = Names("status", "pause", "drain", "resume", "ban", "unban", "quota", "announce", "audit", "key", "revoke"),
        },
        Option("target", OptionKind.Text) with { Max = 100, OneWord = true },
        Option("text", OptionKind.Text) with { Max = 1500, TakesRest = true },
    ];

    // Words of the interface itself, the same in every language.
    private static OptionChoice[] Names(params string[] values) =>
        [.. values.Select(value => new OptionChoice(value, new Dictionary<string, string> { [Language.English.Tag] = value }))];

    private static OptionChoice[] Choices(TextBook texts, string prefix, params string[] values) =>
        [.. values.Select(value => new OptionChoice(value, texts.InAll(prefix + value)))];

    private static OptionSpec Option(string name, OptionKind kind, params string[] aliases) =>
        new() { Name = name, Kind = kind, Aliases = aliases, Description = new Dictionary<string, string>() };

    // A word of its own for this command, or the one that all commands share.
    private static OptionSpec Describe(TextBook texts, string command, OptionSpec option)
    {
        string own = $"option.{command}.{option.Name}";
        return option with { Description = texts.InAll(texts.Has(own) ? own : "option." + option.Name) };
    }

    private static MessageCommand Menu(TextBook texts, string name, string key, AnswerScope answers) => new(name, texts.InAll("menu." + key), answers);
}
