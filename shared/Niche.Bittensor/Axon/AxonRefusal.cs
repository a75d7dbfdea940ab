namespace Niche.Bittensor.Axon;

/// <summary>Why a request goes no further: status, words in the stock spelling, and when to try again.</summary>
internal sealed record AxonRefusal(int StatusCode, string Message, TimeSpan? RetryAfter = null)
{
    public static AxonRefusal NotVerified(string reason) => new(401, $"Not Verified with error: {reason}");

    public static AxonRefusal Forbidden(string reason, TimeSpan? retryAfter = null) => new(403, $"Forbidden. Key is blacklisted: {reason}.", retryAfter);

    public static AxonRefusal Malformed(string reason) => new(400, $"Malformed request: {reason}");

    public static AxonRefusal OtherBody() => NotVerified("Body hash mismatch: the body is not the one that was signed");
}
