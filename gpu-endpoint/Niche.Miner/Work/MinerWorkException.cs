namespace Niche.Miner.Work;

/// <summary>Work that is refused or failed, in words for the caller. Never holds prompts or pictures.</summary>
public sealed class MinerWorkException(WorkOutcome outcome, string message, TimeSpan? retryAfter = null, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>How it ended.</summary>
    public WorkOutcome Outcome { get; } = outcome;

    /// <summary>When to try again.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>The honest status; never 200.</summary>
    public int StatusCode => Outcome switch
    {
        WorkOutcome.Forbidden => 403,
        WorkOutcome.BadRequest => 400,
        WorkOutcome.QuotaExceeded or WorkOutcome.Busy or WorkOutcome.EndpointBusy => 429,
        WorkOutcome.Expired => 408,
        WorkOutcome.EndpointDown => 503,
        WorkOutcome.EndpointFailed => 502,
        WorkOutcome.Late => 504,
        _ => 500,
    };

    /// <summary>True when another endpoint may do better.</summary>
    public bool IsEndpointFault => Outcome is WorkOutcome.EndpointBusy or WorkOutcome.EndpointDown or WorkOutcome.EndpointFailed;
}
