namespace Niche.Bots.Commands;

/// <summary>An option of a command.</summary>
public sealed record OptionSpec
{
    /// <summary>1 to 32 characters a-z and hyphens, the same in every language; in text form <c>--name value</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Type of its value.</summary>
    public required OptionKind Kind { get; init; }

    /// <summary>By language tag, <c>en</c> always there; 1 to 100 characters each.</summary>
    public required IReadOnlyDictionary<string, string> Description { get; init; }

    /// <summary>Must be given.</summary>
    public bool Required { get; init; }

    /// <summary>Smallest number, or fewest characters of a text.</summary>
    public double? Min { get; init; }

    /// <summary>Largest number, or most characters of a text (at most 6000).</summary>
    public double? Max { get; init; }

    /// <summary>Allowed values, at most 25; empty when free.</summary>
    public IReadOnlyList<OptionChoice> Choices { get; init; } = [];

    /// <summary>Typing is helped by <see cref="Incoming.SuggestEvent"/>.</summary>
    public bool Suggests { get; init; }

    /// <summary>Short names of the text form, such as <c>ar</c> for <c>ratio</c>.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>In text form its value is one word; a text without this goes on to the next option.</summary>
    public bool OneWord { get; init; }

    /// <summary>In text form, what stands free of any <c>--name</c> is this option's value.</summary>
    public bool TakesRest { get; init; }
}
