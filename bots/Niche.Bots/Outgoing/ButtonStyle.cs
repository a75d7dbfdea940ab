namespace Niche.Bots.Outgoing;

/// <summary>How a button looks.</summary>
public enum ButtonStyle
{
    /// <summary>Like the others.</summary>
    Normal,

    /// <summary>What most people want.</summary>
    Primary,

    /// <summary>Takes something away.</summary>
    Danger,
}
