using System.Globalization;
using Niche.Bots.Texts;

namespace Niche.Bots.Parsing;

/// <summary>Checked values of a command's options.</summary>
/// <param name="values">By name, numbers as invariant text.</param>
/// <param name="faults">Every fault; with one of them the command is not run.</param>
public sealed class Options(IReadOnlyDictionary<string, string> values, IReadOnlyList<Notice> faults)
{
    /// <summary>Every fault.</summary>
    public IReadOnlyList<Notice> Faults => faults;

    /// <summary>All values.</summary>
    public IReadOnlyDictionary<string, string> Values => values;

    /// <summary>A text, or null.</summary>
    public string? Text(string name) => values.GetValueOrDefault(name);

    /// <summary>A whole number, or null.</summary>
    public long? Whole(string name) => values.TryGetValue(name, out string? text) ? long.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>A number, or null.</summary>
    public double? Number(string name) => values.TryGetValue(name, out string? text) ? double.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>A flag, or null.</summary>
    public bool? Flag(string name) => values.TryGetValue(name, out string? text) ? text == "true" : null;
}
