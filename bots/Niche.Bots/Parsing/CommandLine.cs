using Niche.Bots.Commands;
using Niche.Bots.Texts;

namespace Niche.Bots.Parsing;

/// <summary>
/// Reads the text form of a command, <c>a red house --ar 3:2 --no blur, fog --seed 7</c>, into the same values that structured options bring. A text option
/// goes on to the next option, so that nobody needs quotation marks; dashes that a phone made long are dashes.
/// </summary>
public static class CommandLine
{
    /// <summary>Reads a text.</summary>
    /// <returns>The values as they were written, and every fault.</returns>
    public static (IReadOnlyDictionary<string, string> Values, IReadOnlyList<Notice> Faults) Read(CommandSpec command, string text)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        List<Notice> faults = [];
        List<string> rest = [], taken = [];
        OptionSpec? open = null;
        foreach (string token in Tokens.Split(text))
        {
            if (Tokens.OptionName(token) is { } written)
            {
                Close();
                (string name, string? value) = Tokens.SplitValue(written);
                open = Find(command, name);
                if (open is null) faults.Add(Unknown(command, name));
                if (open is null || value is null) continue;
                taken.Add(Tokens.Unquote(value));
                if (open.Kind != OptionKind.Text || open.OneWord || open.Choices.Count > 0) Close();
            }
            else if (open is null || (open.Kind == OptionKind.Flag && !IsFlag(token)))
            {
                Close();
                rest.Add(token);
            }
            else
            {
                taken.Add(Tokens.Unquote(token));
                if (open.Kind != OptionKind.Text || open.OneWord || open.Choices.Count > 0) Close();
            }
        }

        Close();
        if (rest.Count > 0 && command.Options.FirstOrDefault(option => option.TakesRest) is { } main) values.TryAdd(main.Name, string.Join(' ', rest));
        else if (rest.Count > 0) faults.Add(new Notice("parse.too-much", Filling.Of("text", StrangerText.Shown(string.Join(' ', rest), 60))));
        return (values, faults);

        void Close()
        {
            if (open is null) return;
            string value = taken.Count == 0 && open.Kind == OptionKind.Flag ? "true" : string.Join(' ', taken);
            if (value.Length == 0) faults.Add(new Notice("parse.no-value", Filling.Of("name", open.Name)));
            else if (!values.TryAdd(open.Name, value)) faults.Add(new Notice("parse.twice", Filling.Of("name", open.Name)));
            taken.Clear();
            open = null;
        }
    }

    private static OptionSpec? Find(CommandSpec command, string name) => command.Options.FirstOrDefault(option =>
        option.Kind != OptionKind.File
        && (option.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || option.Aliases.Contains(name, StringComparer.OrdinalIgnoreCase)));

    private static bool IsFlag(string token) => OptionReader.FlagOf(token) is not null;

    private static Notice Unknown(CommandSpec command, string name) => new(
        "parse.unknown", Filling.Of("name", StrangerText.Shown(name, 30)),
        Filling.Of("values", string.Join(", ", command.Options.Where(option => option is { Kind: not OptionKind.File, TakesRest: false }).Select(option => "--" + option.Name))));
}
