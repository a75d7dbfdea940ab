namespace Niche.Bots.Terminal;

/// <summary>What a person did in a terminal: a line, or a button.</summary>
public sealed record TerminalSaying
{
    /// <summary>Unique in the session, 1 to 64 letters, digits and hyphens: sent again it is not done again.</summary>
    public string? Id { get; init; }

    /// <summary>The line; a command when it begins with a slash.</summary>
    public string? Text { get; init; }

    /// <summary>Id of a button.</summary>
    public string? Button { get; init; }

    /// <summary>The message that the button is on, or that the line replies to.</summary>
    public string? Message { get; init; }

    /// <summary>Names of files that were put before.</summary>
    public IReadOnlyList<string>? Files { get; init; }

    /// <summary>Language of the terminal.</summary>
    public string? Locale { get; init; }
}
