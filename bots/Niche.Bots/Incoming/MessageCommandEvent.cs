namespace Niche.Bots.Incoming;

/// <summary>A command chosen from the menu of a message (Discord: Apps).</summary>
public sealed record MessageCommandEvent : BotEvent
{
    /// <summary><see cref="Commands.MessageCommand.Name"/>.</summary>
    public required string Name { get; init; }

    /// <summary>The message.</summary>
    public required QuotedMessage Target { get; init; }
}
