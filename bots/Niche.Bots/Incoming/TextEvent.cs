namespace Niche.Bots.Incoming;

/// <summary>
/// A message that is no command. Transports send it on only when it may concern the bot: in private, when the bot was mentioned (the mention is
/// cut off), or when it replies to a message of the bot.
/// </summary>
public sealed record TextEvent : BotEvent
{
    /// <summary>The text or caption; empty when there are files only.</summary>
    public required string Text { get; init; }

    /// <summary>Files, at most 10.</summary>
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>The message that it replies to; null when none.</summary>
    public QuotedMessage? Quoted { get; init; }
}
