using Spectre.Console;

namespace Niche.Cli.Terminal;

/// <summary>The two shapes of results for people.</summary>
internal static class Tables
{
    private const int Wide = 150;

    /// <summary>Room for whole addresses: a wide terminal, or a pipe.</summary>
    public static bool IsWide(this Shell shell) => shell.Output.Profile.Width >= Wide;

    /// <summary>An address, whole where there is room.</summary>
    public static string Address(this Shell shell, string? address) => address is null ? "–" : shell.IsWide() ? Words.Clean(address) : Words.Short(address);

    /// <summary>Rows with a heading, columns two blanks apart. A heading that begins with '>' stands over numbers.</summary>
    public static void Table(this Shell shell, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        List<string[]> cells = [.. rows.Select(row => row.Select(Words.Clean).ToArray())];
        var widths = headings.Select((heading, at) => cells.Select(row => row[at].Length).Append(heading.TrimStart('>').Length).Max()).ToArray();
        shell.Title(Row([.. headings.Select(heading => heading.TrimStart('>'))]));
        foreach (var row in cells) shell.Line(Row(row));

        string Row(string[] row) => string.Join("  ", row.Select(Cell)).TrimEnd();

        string Cell(string text, int at) => headings[at].StartsWith('>') ? text.PadLeft(widths[at]) : text.PadRight(widths[at]);
    }

    /// <summary>Names and values, one pair a line; long values are never broken, so that they can be copied.</summary>
    public static void Pairs(this Shell shell, IReadOnlyList<(string Name, string? Value)> pairs)
    {
        var width = pairs.Max(pair => pair.Name.Length);
        foreach (var (name, value) in pairs.Where(pair => pair.Value is not null))
        {
            shell.Output.Write(new Text(name.PadRight(width) + "  ", new Style(decoration: Decoration.Bold)));
            shell.Line(Words.Clean(value));
        }
    }
}
