namespace Niche.DiscordStandIn.Rest;

/// <summary>A call and what became of it.</summary>
/// <param name="At">When.</param>
/// <param name="Operation">operationId; the method and path where there is none.</param>
/// <param name="Call">The call.</param>
/// <param name="Answer">The answer.</param>
public sealed record JournalEntry(DateTimeOffset At, string Operation, ApiCall Call, ApiAnswer Answer);
