namespace Niche.Bots.Commands;

/// <summary>Who sees the answer of a command.</summary>
public enum AnswerScope
{
    /// <summary>Everybody in the channel, unless the person asks for privacy.</summary>
    Everybody,

    /// <summary>Only the person who asked, where the platform can do that.</summary>
    OnlyAsker,
}
