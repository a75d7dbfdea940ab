namespace Niche.Bittensor.Axon;

/// <summary>Whether a proven caller is turned away before its work is looked at.</summary>
/// <param name="Refused">True to refuse.</param>
/// <param name="Reason">Told to the caller.</param>
/// <param name="StatusCode">403, or another 4xx such as 429.</param>
/// <param name="RetryAfter">When to try again.</param>
public sealed record BlacklistDecision(bool Refused, string Reason, int StatusCode = 403, TimeSpan? RetryAfter = null)
{
    /// <summary>Let the caller in.</summary>
    public static BlacklistDecision Allow { get; } = new(false, "");

    /// <summary>Turn the caller away with 403 <c>Forbidden. Key is blacklisted: {reason}.</c>, the stock wording.</summary>
    public static BlacklistDecision Refuse(string reason) => new(true, reason);
}
