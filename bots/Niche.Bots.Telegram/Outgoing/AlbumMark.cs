namespace Niche.Bots.Telegram.Outgoing;

/// <summary>An album that was sent: one whose keyboard is still to come, or the one above a keyboard.</summary>
/// <param name="Messages">Its messages.</param>
/// <param name="At">When it was sent.</param>
public sealed record AlbumMark(IReadOnlyList<int> Messages, DateTimeOffset At);
