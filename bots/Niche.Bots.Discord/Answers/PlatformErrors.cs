using Niche.Bots.Discord.Rest;
using Niche.Bots.Platforms;

namespace Niche.Bots.Discord.Answers;

/// <summary>Discord's errors as the core knows them.</summary>
internal static class PlatformErrors
{
    private static readonly TimeSpan ShortPause = TimeSpan.FromSeconds(2);

    /// <summary>The exception for an error.</summary>
    public static PlatformException ToException(this DiscordError error)
    {
        PlatformFault fault = error.Kind switch
        {
            DiscordErrorKind.RateLimited or DiscordErrorKind.BudgetSpent => PlatformFault.Busy,
            DiscordErrorKind.Unavailable => PlatformFault.Unavailable,
            DiscordErrorKind.MessageGone or DiscordErrorKind.ChannelGone => PlatformFault.Gone,
            DiscordErrorKind.Forbidden => PlatformFault.Forbidden,
            DiscordErrorKind.TooLarge => PlatformFault.TooLarge,
            DiscordErrorKind.TokenVoid => PlatformFault.Expired,
            _ => PlatformFault.Refused,
        };
        TimeSpan? retry = fault == PlatformFault.Busy ? error.RetryAfter ?? ShortPause : error.RetryAfter;
        return new PlatformException(fault, $"Discord: {error.Kind}, status {error.Status}, code {error.Code}.", retry);
    }
}
