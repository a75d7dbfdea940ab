namespace Niche.Bots.Discord.Rest;

/// <summary>What a failed call means for whoever made it.</summary>
public enum DiscordErrorKind
{
    /// <summary>The message is not there any more.</summary>
    MessageGone,

    /// <summary>The channel or server is not there any more, or the app left it.</summary>
    ChannelGone,

    /// <summary>The interaction's token is void: the 15 minutes are over, or the first 3 seconds passed without an answer.</summary>
    TokenVoid,

    /// <summary>The interaction was answered before.</summary>
    AlreadyAnswered,

    /// <summary>The app may not do this here, or the user takes no messages from it.</summary>
    Forbidden,

    /// <summary>The token of the app is wrong.</summary>
    Unauthorized,

    /// <summary>The files are larger than this place allows.</summary>
    TooLarge,

    /// <summary>Discord does not take what was sent: a fault of ours.</summary>
    Refused,

    /// <summary>Too much was asked for; try again after <see cref="DiscordError.RetryAfter"/>.</summary>
    RateLimited,

    /// <summary>So many calls failed lately that the next would risk a ban of the address.</summary>
    BudgetSpent,

    /// <summary>Discord does not answer, or not in JSON.</summary>
    Unavailable,
}
