namespace Niche.Bots.Outgoing;

/// <summary>Mood of a message, for its colour or sign.</summary>
public enum Tone
{
    /// <summary>Nothing special.</summary>
    Neutral,

    /// <summary>Work is under way.</summary>
    Busy,

    /// <summary>It went well.</summary>
    Good,

    /// <summary>Something cannot be done, and the text says what can.</summary>
    Warning,

    /// <summary>It failed.</summary>
    Bad,
}
