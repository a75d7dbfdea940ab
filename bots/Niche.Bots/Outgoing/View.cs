namespace Niche.Bots.Outgoing;

/// <summary>
/// A message as the core wants it to look. Adapters translate it to what their platform has; what does not fit is shortened there, at the end
/// of the body first, never in the buttons.
/// </summary>
public sealed record View
{
    /// <summary>First line, bold; null when none.</summary>
    public string? Title { get; init; }

    /// <summary>The text.</summary>
    public RichText Body { get; init; } = RichText.Empty;

    /// <summary>Named values below the text, at most 12.</summary>
    public IReadOnlyList<ViewField> Fields { get; init; } = [];

    /// <summary>Last line, small; null when none.</summary>
    public string? Footer { get; init; }

    /// <summary>Mood of the message.</summary>
    public Tone Tone { get; init; }

    /// <summary>Pictures, at most 4, shown together.</summary>
    public IReadOnlyList<Picture> Pictures { get; init; } = [];

    /// <summary>Rows of buttons, at most 5 of at most 5.</summary>
    public IReadOnlyList<IReadOnlyList<Button>> Buttons { get; init; } = [];

    /// <summary>A list to choose from; null when none.</summary>
    public Menu? Menu { get; init; }

    /// <summary>Only the person who asked may see it, where the platform can do that.</summary>
    public bool Private { get; init; }

    /// <summary>It holds what nobody may read later, such as a key: an adapter that keeps what it shows keeps this no longer than it must.</summary>
    public bool HoldsSecret { get; init; }

    /// <summary>The next message of the person is awaited as a reply (where a platform has no forms); the placeholder to show. Null otherwise.</summary>
    public string? AwaitReply { get; init; }
}
