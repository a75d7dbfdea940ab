namespace Niche.Bittensor.Axon;

/// <summary>A streaming handler's answer: text pieces to come, or an honest failure.</summary>
public sealed record AxonStreamReply
{
    private AxonStreamReply()
    {
    }

    /// <summary>The pieces; null on failure.</summary>
    public IAsyncEnumerable<string>? Pieces { get; private init; }

    /// <summary>200, or 400 to 599.</summary>
    public int StatusCode { get; private init; }

    /// <summary>One line for the caller.</summary>
    public string StatusMessage { get; private init; } = "";

    /// <summary>When to try again.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>Text to send piece by piece; each piece is flushed at once.</summary>
    public static AxonStreamReply Success(IAsyncEnumerable<string> pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        return new AxonStreamReply { Pieces = pieces, StatusCode = 200, StatusMessage = "Success" };
    }

    /// <summary>As <see cref="AxonReply.Failure{T}"/>.</summary>
    public static AxonStreamReply Failure(int statusCode, string message, TimeSpan? retryAfter = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(statusCode, 400);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(statusCode, 599);
        ArgumentNullException.ThrowIfNull(message);
        return new AxonStreamReply { StatusCode = statusCode, StatusMessage = message, RetryAfter = retryAfter };
    }
}
