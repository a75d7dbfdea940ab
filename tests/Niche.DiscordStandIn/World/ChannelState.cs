namespace Niche.DiscordStandIn.World;

/// <summary>What the app can do in a channel.</summary>
public enum ChannelState
{
    /// <summary>Everything that it needs.</summary>
    Open,

    /// <summary>The app left the server, or was never in it.</summary>
    Left,

    /// <summary>It may read and not write.</summary>
    ReadOnly,

    /// <summary>A private chat whose person takes no messages from the app.</summary>
    Unwanted,

    /// <summary>The channel was deleted.</summary>
    Deleted,
}
