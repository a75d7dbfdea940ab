namespace Niche.Bots.Telegram.Polling;

/// <summary>How far polling has come.</summary>
/// <param name="Next">The first update that was not taken in.</param>
/// <param name="At">When the one before it was.</param>
public sealed record PollingOffset(int Next, DateTimeOffset At);
