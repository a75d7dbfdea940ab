namespace Niche.Bots.Incoming;

/// <summary>Who can read a channel.</summary>
public enum ChannelKind
{
    /// <summary>The person and the bot.</summary>
    Private,

    /// <summary>A group or server channel.</summary>
    Group,

    /// <summary>A message sent through inline mode: it can be edited, and nothing else is known of where it is.</summary>
    Inline,
}
