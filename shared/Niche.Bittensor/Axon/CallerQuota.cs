namespace Niche.Bittensor.Axon;

/// <summary>
/// A token bucket per caller, for <c>quota:</c> of <see cref="AxonOptions"/>: so many requests at once, refilled evenly over the interval. The
/// allowance is asked anew at every request, so that it may follow stake.
/// </summary>
/// <param name="perInterval">Requests per interval of a caller, below 1 for none.</param>
/// <param name="interval">How long an empty bucket takes to fill.</param>
/// <param name="time">The clock.</param>
public sealed class CallerQuota(Func<AxonCaller, double> perInterval, TimeSpan interval, TimeProvider time)
{
    private const int MaxBuckets = 65_536;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    /// <summary>Takes one request; null when it was there, else how long until it will be.</summary>
    public TimeSpan? Take(AxonCaller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var allowance = perInterval(caller);
        if (!(allowance >= 1)) return interval;
        var now = time.GetTimestamp();
        lock (_gate)
        {
            if (_buckets.Count >= MaxBuckets && !_buckets.ContainsKey(caller.Hotkey) && !Sweep(now)) return TimeSpan.FromSeconds(1);
            var tokens = allowance;
            if (_buckets.TryGetValue(caller.Hotkey, out var bucket))
                tokens = Math.Min(allowance, bucket.Tokens + (allowance * (time.GetElapsedTime(bucket.At, now) / interval)));
            if (tokens < 1) return interval * ((1 - tokens) / allowance);
            _buckets[caller.Hotkey] = new Bucket(tokens - 1, now);
            return null;
        }
    }

    // After a whole interval of silence a bucket is full again, and a full one needs no memory.
    private bool Sweep(long now)
    {
        foreach (var (hotkey, bucket) in _buckets)
            if (time.GetElapsedTime(bucket.At, now) >= interval)
                _buckets.Remove(hotkey);
        return _buckets.Count < MaxBuckets;
    }

    private readonly record struct Bucket(double Tokens, long At);
}
