namespace Niche.Subnet.Capacity;

/// <summary>
/// A validator's quota at a miner as a token bucket: it holds <c>share</c> tokens at most and refills evenly over the interval. Unlike two fixed
/// windows that start at different moments, it never lets the double share through at an edge. Immutable: every take gives the next state.
/// </summary>
/// <param name="Tokens">Requests that may be taken now.</param>
/// <param name="UpdatedAt">Instant of <paramref name="Tokens"/>.</param>
public sealed record QuotaBucket(double Tokens, DateTimeOffset UpdatedAt)
{
    // Waiting exactly as long as told must be enough, whatever the refill rounds to.
    private const double Tolerance = 1e-6;

    /// <summary>A full bucket.</summary>
    public static QuotaBucket Full(int share, DateTimeOffset now) => new(share, now);

    /// <summary>Takes one request.</summary>
    /// <param name="share">Requests per interval; may differ from call to call as stakes move.</param>
    /// <param name="interval">Length of the interval, more than zero.</param>
    /// <param name="now">A clock that steps back refills nothing.</param>
    public QuotaDecision Take(int share, TimeSpan interval, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        if (share == 0) return new(false, interval, this with { Tokens = 0, UpdatedAt = now });
        var elapsed = now > UpdatedAt ? now - UpdatedAt : TimeSpan.Zero;
        var tokens = Math.Min(share, Tokens + (share * (elapsed / interval)));
        var at = now > UpdatedAt ? now : UpdatedAt;
        if (tokens >= 1 - Tolerance) return new(true, TimeSpan.Zero, new(Math.Max(0, tokens - 1), at));
        var wait = interval * ((1 - tokens) / share);
        return new(false, wait, new(tokens, at));
    }
}
