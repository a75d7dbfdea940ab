namespace Niche.Bots.Discord.Rest;

/// <summary>Why a call failed. Holds no token and no text of users.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="Status">HTTP status; 0 when there was no answer.</param>
/// <param name="Code">Discord's code; 0 when it gave none.</param>
/// <param name="Detail">For the log.</param>
/// <param name="RetryAfter">When trying again makes sense, when it does.</param>
public sealed record DiscordError(DiscordErrorKind Kind, int Status, int Code, string Detail, TimeSpan? RetryAfter = null)
{
    /// <summary>The same call may succeed later.</summary>
    public bool IsTemporary => Kind is DiscordErrorKind.RateLimited or DiscordErrorKind.BudgetSpent or DiscordErrorKind.Unavailable;
}
