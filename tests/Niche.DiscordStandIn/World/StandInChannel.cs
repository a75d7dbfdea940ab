namespace Niche.DiscordStandIn.World;

/// <summary>A channel.</summary>
public sealed class StandInChannel
{
    /// <summary>Its id.</summary>
    public required ulong Id { get; init; }

    /// <summary>Its server; null for private chats.</summary>
    public ulong? Guild { get; init; }

    /// <summary>Discord's type: 0 text, 1 private chat, 11 public thread.</summary>
    public int Type { get; init; }

    /// <summary>The channel of a thread.</summary>
    public ulong? Parent { get; init; }

    /// <summary>Age-gated.</summary>
    public bool IsNsfw { get; init; }

    /// <summary>Largest file there, bytes.</summary>
    public long AttachmentLimit { get; set; } = 10 * 1024 * 1024;

    /// <summary>What the app can do there.</summary>
    public ChannelState State { get; set; }
}
