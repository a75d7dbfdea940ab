namespace Niche.Bots.Incoming;

/// <summary>Somebody chose an inline answer: its message stands in some chat now and can be edited through <see cref="Message"/>.</summary>
public sealed record InlineChosenEvent : BotEvent
{
    /// <summary><see cref="Platforms.InlineAnswer.Id"/>.</summary>
    public required string AnswerId { get; init; }

    /// <summary>The query as it stood when it was chosen.</summary>
    public required string Query { get; init; }

    /// <summary>The message.</summary>
    public required Outgoing.MessageRef Message { get; init; }
}
