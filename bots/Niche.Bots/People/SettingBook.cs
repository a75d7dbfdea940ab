using System.Globalization;
using Niche.Bots.Commands;
using Niche.Bots.Parsing;
using Niche.Bots.Texts;

namespace Niche.Bots.People;

/// <summary>Settings by name: reads a value as the command of that option would, and puts it where it belongs. <c>-</c> takes a setting back.</summary>
public sealed class SettingBook(CommandBook book)
{
    private static readonly string[] Defaults = ["model", "ratio", "count", "style", "steps", "guidance", "negative"];

    /// <summary>Changes a person's setting.</summary>
    public (Func<Person, Person>? Change, Notice? Fault) ForPerson(string name, string value) => name switch
    {
        "language" => Language<Person>(value, tag => before => before with { Language = tag }),
        "private" => OptionReader.FlagOf(value) is { } flag
            ? ((Func<Person, Person>)(before => before with { Private = flag }), (Notice?)null)
            : (null, new Notice("parse.flag", Filling.Of("name", name), Filling.Of("value", StrangerText.Shown(value, 40)))),
        _ when Defaults.Contains(name) => Default(name, value) is var (change, fault) && change is not null
            ? (before => before with { Defaults = change(before.Defaults) }, null) : (null, fault),
        _ => (null, new Notice("settings.not-yours", Filling.Of("name", name))),
    };

    /// <summary>Changes a channel's setting.</summary>
    public (Func<ChannelRules, ChannelRules>? Change, Notice? Fault) ForChannel(string platform, string name, string value) => name switch
    {
        "language" => Language<ChannelRules>(value, tag => before => before with { Language = tag }),
        "max-count" => Number(name, value, 1, 4, n => before => before with { MaxCount = n }),
        "max-steps" => Number(name, value, 1, 1000, n => before => before with { MaxSteps = n }),
        "pictures-per-hour" => Number(name, value, 1, 100_000, n => before => before with { PicturesPerHour = n }),
        "adult" => Enum.TryParse(value, ignoreCase: true, out AdultPolicy policy) && Enum.IsDefined(policy) && !char.IsAsciiDigit(value[0])
            ? ((Func<ChannelRules, ChannelRules>)(before => before with { Adult = policy }), (Notice?)null)
            : (null, new Notice("parse.choice", Filling.Of("name", name), Filling.Of("value", StrangerText.Shown(value, 40)), Filling.Of("values", "refuse, cover, allow"))),
        "allow" => (before => before with { Allowed = Add(before.Allowed, PersonKey(platform, value)), Denied = Without(before.Denied, PersonKey(platform, value)) }, null),
        "deny" => (before => before with { Denied = Add(before.Denied, PersonKey(platform, value)), Allowed = Without(before.Allowed, PersonKey(platform, value)) }, null),
        "unlist" => (before => before with { Denied = Without(before.Denied, PersonKey(platform, value)), Allowed = Without(before.Allowed, PersonKey(platform, value)) }, null),
        "disable" => book.Find(value.TrimStart('/')) is { ForOperators: false } command && command.Name is not (CommandNames.Settings or CommandNames.Help)
            ? (before => before with { DisabledCommands = Add(before.DisabledCommands, command.Name) }, null) : (null, new Notice("error.unknown-command")),
        "enable" => book.Find(value.TrimStart('/')) is { } command
            ? (before => before with { DisabledCommands = Without(before.DisabledCommands, command.Name) }, null) : (null, new Notice("error.unknown-command")),
        _ when Defaults.Contains(name) => Default(name, value) is var (change, fault) && change is not null
            ? (before => before with { Defaults = change(before.Defaults) }, null) : (null, fault),
        _ => (null, new Notice("settings.not-channel", Filling.Of("name", name))),
    };

    /// <summary>The key of a person as a manager writes it: a mention, an id, or <c>platform:id</c>.</summary>
    public static string PersonKey(string platform, string written)
    {
        (string on, string who) = PersonOf(platform, written);
        return Storage.Keys.Of(on, who);
    }

    /// <summary>The person that a manager writes, by platform and id.</summary>
    public static (string Platform, string UserId) PersonOf(string platform, string written)
    {
        string id = written.Trim().Trim('<', '>', '@', '!', '&');
        return id.Split(':') is [var on, var who] ? (on, who) : (platform, id);
    }

    private (Func<PaintDefaults, PaintDefaults>? Change, Notice? Fault) Default(string name, string value)
    {
        if (value == "-") return (before => Set(before, name, null), null);
        Options read = OptionReader.Read(
            book.Find(CommandNames.Imagine)! with { Options = [.. book.Find(CommandNames.Imagine)!.Options.Where(option => !option.Required)] },
            new Dictionary<string, string> { [name] = value });
        return read.Faults.Count > 0 ? (null, read.Faults[0]) : (before => Set(before, name, read.Text(name)), null);
    }

    private static PaintDefaults Set(PaintDefaults before, string name, string? value) => name switch
    {
        "model" => before with { Model = value },
        "ratio" => before with { Ratio = value },
        "count" => before with { Count = value is null ? null : int.Parse(value, CultureInfo.InvariantCulture) },
        "style" => before with { Style = value },
        "steps" => before with { Steps = value is null ? null : int.Parse(value, CultureInfo.InvariantCulture) },
        "guidance" => before with { Guidance = value is null ? null : double.Parse(value, CultureInfo.InvariantCulture) },
        _ => before with { Negative = value },
    };

    private static (Func<T, T>? Change, Notice? Fault) Language<T>(string value, Func<string?, Func<T, T>> set)
    {
        if (value == "-") return (set(null), null);
        return Texts.Language.Find(value) is { } language ? (set(language.Tag), null) : (null, new Notice(
            "parse.choice", Filling.Of("name", "language"), Filling.Of("value", StrangerText.Shown(value, 40)),
            Filling.Of("values", string.Join(", ", Texts.Language.All.Select(one => one.Tag)))));
    }

    private static (Func<ChannelRules, ChannelRules>? Change, Notice? Fault) Number(
        string name, string value, int min, int max, Func<int?, Func<ChannelRules, ChannelRules>> set)
    {
        if (value == "-") return (set(null), null);
        bool good = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max;
        return good ? (set(number), null) : (null, new Notice(
            "parse.range", Filling.Of("name", name), Filling.Of("value", StrangerText.Shown(value, 40)), Filling.Of("min", min), Filling.Of("max", max)));
    }

    private static IReadOnlyList<string> Add(IReadOnlyList<string> list, string one) => list.Contains(one) || list.Count >= 500 ? list : [.. list, one];

    private static IReadOnlyList<string> Without(IReadOnlyList<string> list, string one) => [.. list.Where(other => other != one)];
}
