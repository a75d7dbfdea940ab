namespace Niche.Bots.Incoming;

/// <summary>Where something happened and where answers go. Kept in rows, so that an answer can be given after a restart.</summary>
public sealed record Place
{
    /// <summary>Name of the platform: <c>discord</c>, <c>telegram</c>, <c>terminal</c>.</summary>
    public required string Platform { get; init; }

    /// <summary>Channel or chat id; empty for an inline message that belongs to no chat we know.</summary>
    public required string Channel { get; init; }

    /// <summary>What kind of channel it is.</summary>
    public ChannelKind Kind { get; init; }

    /// <summary>Thread or topic within the channel; null when none.</summary>
    public string? Thread { get; init; }

    /// <summary>Server or group that the channel belongs to; null in private.</summary>
    public string? Guild { get; init; }

    /// <summary>The platform says that the channel is for adults.</summary>
    public bool AgeRestricted { get; init; }

    /// <summary>Message that answers are tied to; null when none.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>What the platform gave to answer this very event with (Discord: interaction token, with the application id where needed). Never logged.</summary>
    public string? Token { get; init; }

    /// <summary>Until when <see cref="Token"/> works; afterwards answers go to the channel.</summary>
    public DateTimeOffset? TokenUntil { get; init; }

    /// <summary>Largest upload here in bytes, when the event says it; null takes <see cref="Platforms.PlatformLimits.MaxPictureBytes"/>.</summary>
    public long? MaxUploadBytes { get; init; }
}
