using System.Globalization;
using Niche.Bots.Outgoing;

namespace Niche.Bots.Texts;

/// <summary>What goes into a placeholder.</summary>
/// <param name="Name">Name of the placeholder.</param>
/// <param name="Value">What is put there, with its own styles.</param>
public sealed record Filling(string Name, RichText Value)
{
    /// <summary>Puts a text of ours, or one that was cleaned, there.</summary>
    public static Filling Of(string name, string value) => new(name, RichText.Plain(value));

    /// <summary>Puts a number there.</summary>
    public static Filling Of(string name, double value) => new(name, RichText.Plain(value.ToString("0.##", CultureInfo.InvariantCulture)));
}
