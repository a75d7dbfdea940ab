using System.Globalization;
using Niche.Bots.Commands;
using Niche.Bots.Texts;

namespace Niche.Bots.Parsing;

/// <summary>Holds values, from wherever they came, against the command's options: types, ranges, choices, what must be there.</summary>
public static class OptionReader
{
    private const int MaxChoiceShown = 40;

    // What a double counts exactly; nothing that a bot is asked for is larger.
    private const double MaxNumber = 9_000_000_000_000_000;

    /// <summary>Checks values.</summary>
    public static Options Read(CommandSpec command, IReadOnlyDictionary<string, string> values)
    {
        Dictionary<string, string> good = new(StringComparer.Ordinal);
        List<Notice> faults = [];
        foreach ((string name, string raw) in values)
        {
            if (command.Find(name) is not { } option || option.Kind == OptionKind.File) continue;
            // Too long is a fault of its own: silently painting half a prompt would be worse.
            if (raw.Length > StrangerText.MaxCharacters)
            {
                faults.Add(new Notice("parse.too-long", Filling.Of("name", name), Filling.Of("max", option.Max ?? StrangerText.MaxCharacters)));
                continue;
            }

            (string? value, Notice? fault) = Check(option, StrangerText.Clean(raw));
            if (fault is not null) faults.Add(fault);
            else if (value is { Length: > 0 }) good[name] = value;
        }

        foreach (OptionSpec option in command.Options)
        {
            if (option is { Required: true, Kind: not OptionKind.File } && !good.ContainsKey(option.Name) && !faults.Any(fault => Names(fault, option.Name)))
                faults.Add(Missing(command, option));
        }

        return new Options(good, faults);
    }

    // Whoever forgets the words themselves is shown where they go.
    private static Notice Missing(CommandSpec command, OptionSpec option) => option is { Kind: OptionKind.Text, TakesRest: true }
        ? new Notice("parse.missing-words", Filling.Of("command", command.Name))
        : new Notice("parse.missing", Filling.Of("name", option.Name), Filling.Of("command", command.Name));

    /// <summary>Yes, no, or neither.</summary>
    public static bool? FlagOf(string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "ON" or "1" => true,
        "FALSE" or "NO" or "OFF" or "0" => false,
        _ => null,
    };

    private static (string? Value, Notice? Fault) Check(OptionSpec option, string text)
    {
        if (option.Choices.Count > 0)
        {
            OptionChoice? choice = option.Choices.FirstOrDefault(candidate => candidate.Value.Equals(text, StringComparison.OrdinalIgnoreCase));
            return choice is not null ? (choice.Value, null) : (null, new Notice(
                "parse.choice", Filling.Of("name", option.Name), Filling.Of("value", StrangerText.Shown(text, MaxChoiceShown)),
                Filling.Of("values", string.Join(", ", option.Choices.Select(candidate => candidate.Value)))));
        }

        return option.Kind switch
        {
            OptionKind.Flag => FlagOf(text) is { } flag ? (flag ? "true" : "false", null) : (null, Wrong("parse.flag", option, text)),
            OptionKind.Text when option.Max is { } most && text.Length > most => (null, new Notice(
                "parse.too-long", Filling.Of("name", option.Name), Filling.Of("max", most))),
            OptionKind.Text => (text, null),
            _ => Number(option, text),
        };
    }

    private static (string? Value, Notice? Fault) Number(OptionSpec option, string text)
    {
        // A comma is how half of the world writes a decimal point.
        string plain = option.Kind == OptionKind.Number ? text.Replace(',', '.') : text;
        NumberStyles style = option.Kind == OptionKind.Whole ? NumberStyles.AllowLeadingSign : NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (plain.Length > 32 || !double.TryParse(plain, style, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number))
            return (null, Wrong(option.Kind == OptionKind.Whole ? "parse.whole" : "parse.number", option, text));
        bool inside = number >= (option.Min ?? -MaxNumber) && number <= (option.Max ?? MaxNumber);
        return inside ? (number.ToString("0.######", CultureInfo.InvariantCulture), null) : (null, new Notice(
            "parse.range", Filling.Of("name", option.Name), Filling.Of("value", StrangerText.Shown(text, MaxChoiceShown)),
            Filling.Of("min", option.Min ?? -MaxNumber), Filling.Of("max", option.Max ?? MaxNumber)));
    }

    private static Notice Wrong(string key, OptionSpec option, string text) => new(
        key, Filling.Of("name", option.Name), Filling.Of("value", StrangerText.Shown(text, MaxChoiceShown)));

    private static bool Names(Notice fault, string option) => fault.Fillings.Any(filling => filling.Name == "name" && filling.Value.ToString() == option);
}
