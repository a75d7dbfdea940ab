namespace Niche.Bots.Incoming;

/// <summary>A button was pressed, or an entry of a <see cref="Outgoing.Menu"/> was chosen: both carry the id that the view gave.</summary>
public sealed record ButtonEvent : BotEvent
{
    /// <summary>The id as it came back: a stranger may have made it up.</summary>
    public required string ButtonId { get; init; }

    /// <summary>The message that the button is on.</summary>
    public required Outgoing.MessageRef Message { get; init; }
}
