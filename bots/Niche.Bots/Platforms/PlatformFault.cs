namespace Niche.Bots.Platforms;

/// <summary>Why a platform did not do what it was asked.</summary>
public enum PlatformFault
{
    /// <summary>Too fast, or the platform rests: again after <see cref="PlatformException.RetryAfter"/>.</summary>
    Busy,

    /// <summary>It does not answer, or answers 5xx: again later.</summary>
    Unavailable,

    /// <summary>The message, channel or person is gone, or the bot was removed or blocked: never again.</summary>
    Gone,

    /// <summary>The bot lacks a right there: a manager must grant it.</summary>
    Forbidden,

    /// <summary>The file is larger than allowed.</summary>
    TooLarge,

    /// <summary>The token of the event is void and there is no channel to fall back to.</summary>
    Expired,

    /// <summary>It refused the request as wrong: a fault of ours.</summary>
    Refused,
}
