namespace Niche.Bots.Telegram.Calls;

/// <summary>The other id of a chat.</summary>
/// <param name="Chat">The id.</param>
public sealed record ChatMove(long Chat);
