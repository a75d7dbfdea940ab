namespace Niche.TelegramStandIn;

/// <summary>Ways to fail.</summary>
public enum TroubleKind
{
    /// <summary>The call is answered with something else and not carried out.</summary>
    Answer,

    /// <summary>The connection breaks before anything is done.</summary>
    BreakBefore,

    /// <summary>Everything is done, but the answer gets lost.</summary>
    LoseAnswer,

    /// <summary>A proxy in between answers with a page of its own.</summary>
    Garbage,
}
