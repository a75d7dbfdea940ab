namespace Niche.Bots.Telegram.Outgoing;

/// <summary>An album that was sent and whose keyboard is still to come.</summary>
/// <param name="Messages">Its messages.</param>
/// <param name="At">When it was sent.</param>
public sealed record AlbumMark(IReadOnlyList<int> Messages, DateTimeOffset At);
