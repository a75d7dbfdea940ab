namespace Niche.Bots.Platforms;

/// <summary>What a platform can do and what fits into a message.</summary>
public sealed record PlatformLimits
{
    /// <summary>Most characters of a message without pictures.</summary>
    public required int MaxText { get; init; }

    /// <summary>Most characters beside pictures.</summary>
    public required int MaxCaption { get; init; }

    /// <summary>Largest picture in bytes, where the event does not say.</summary>
    public required long MaxPictureBytes { get; init; }

    /// <summary>Most rows of buttons, and most in one row.</summary>
    public required int MaxRows { get; init; }

    /// <summary>Most buttons in one row.</summary>
    public required int MaxButtonsPerRow { get; init; }

    /// <summary>Least time between two edits of messages in one private chat.</summary>
    public required TimeSpan EditEvery { get; init; }

    /// <summary>The same in a group.</summary>
    public required TimeSpan EditEveryInGroup { get; init; }

    /// <summary>A group takes so few messages that one of them shows the progress of all orders there.</summary>
    public bool SharesProgress { get; init; }

    /// <summary>Forms can be shown; else the core asks by a message that awaits a reply.</summary>
    public required bool Forms { get; init; }

    /// <summary>Messages that only one person sees.</summary>
    public required bool PrivateMessages { get; init; }

    /// <summary>Several pictures come as an album of single ones; else the core composes a grid.</summary>
    public required bool Albums { get; init; }

    /// <summary>Message commands exist; else the core offers the same as replies.</summary>
    public required bool MessageCommands { get; init; }
}
