namespace Niche.TelegramStandIn.Flood;

/// <summary>How much a bot may send, as the frequently asked questions about bots tell it. The true server tells no figures and moves them.</summary>
/// <param name="PerChat">Calls to one chat within <paramref name="ChatWindow"/>.</param>
/// <param name="ChatWindow">The window of a chat.</param>
/// <param name="PerGroup">Messages to one group within a minute; an album counts by its pictures.</param>
/// <param name="Overall">Messages to everybody within a second.</param>
public sealed record FloodLimits(int PerChat = 1, TimeSpan? ChatWindow = null, int PerGroup = 20, int Overall = 30)
{
    /// <summary>Nothing is ever refused.</summary>
    public static FloodLimits None { get; } = new(int.MaxValue, null, int.MaxValue, int.MaxValue);
}
