namespace Niche.Bots.Incoming;

/// <summary>Somebody types <c>@bot prompt</c> in any chat. Answered at once by the desk, never queued.</summary>
public sealed record InlineEvent : BotEvent
{
    /// <summary>What stands behind the name so far.</summary>
    public required string Query { get; init; }
}
