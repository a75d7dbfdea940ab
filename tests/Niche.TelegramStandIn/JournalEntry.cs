using Niche.TelegramStandIn.Wire;

namespace Niche.TelegramStandIn;

/// <summary>A call and what it was answered with.</summary>
/// <param name="Call">The call.</param>
/// <param name="Answer">The answer; a lost one as well.</param>
public sealed record JournalEntry(ApiCall Call, ApiAnswer Answer);
