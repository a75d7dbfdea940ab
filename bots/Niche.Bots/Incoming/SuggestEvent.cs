namespace Niche.Bots.Incoming;

/// <summary>Somebody types an option: what could it become? Answered at once by the desk, never queued.</summary>
public sealed record SuggestEvent : BotEvent
{
    /// <summary>Name of the command.</summary>
    public required string Command { get; init; }

    /// <summary>Name of the option.</summary>
    public required string Option { get; init; }

    /// <summary>What stands there so far.</summary>
    public required string Typed { get; init; }
}
