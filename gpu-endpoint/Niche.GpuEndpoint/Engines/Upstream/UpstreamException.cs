namespace Niche.GpuEndpoint.Engines.Upstream;

/// <summary>The server behind a pass-through model did not do what it was asked.</summary>
public sealed class UpstreamException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="code">Stable code: <c>upstream_away</c>, <c>upstream_busy</c>, <c>upstream_refused</c>, <c>upstream_denied</c>,
    /// <c>upstream_failed</c>, <c>upstream_invalid</c>, <c>upstream_timeout</c> or <c>not_supported</c>.</param>
    /// <param name="status">HTTP status for our own client.</param>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="inner">The cause, if another layer noticed first.</param>
    public UpstreamException(string code, int status, string message, Exception? inner = null)
        : base(message, inner) => (Code, Status) = (code, status);

    /// <summary>Stable code of the error.</summary>
    public string Code { get; }

    /// <summary>HTTP status for our own client.</summary>
    public int Status { get; }

    /// <summary>When to ask again, if the server says so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Why the server is away, when it is.</summary>
    internal string? Why { get; private init; }

    internal static UpstreamException Invalid(string what, Exception? inner = null) =>
        new("upstream_invalid", 502, $"The model's server gave an answer that cannot be used: {what}.", inner);

    internal static UpstreamException NotSupported(string what) =>
        new("not_supported", 501, $"The model's server does not offer {what}.");

    internal static UpstreamException Away(string why, Exception? inner = null) =>
        new("upstream_away", 503, $"The model's server is away: {why}.", inner) { RetryAfter = TimeSpan.FromSeconds(5), Why = why };
}
