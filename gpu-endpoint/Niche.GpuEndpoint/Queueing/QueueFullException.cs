namespace Niche.GpuEndpoint.Queueing;

/// <summary>More requests than may wait.</summary>
public sealed class QueueFullException(TimeSpan retryAfter) : Exception("Too many requests are waiting.")
{
    /// <summary>When a place should be free.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : retryAfter;
}
