namespace Niche.Bots.Incoming;

/// <summary>The bot was removed from <see cref="BotEvent.Place"/>, or blocked by the person: nothing is sent there any more.</summary>
public sealed record DepartureEvent : BotEvent;
