namespace Niche.Bittensor.Synapses;

/// <summary>Gives out nonces: Unix nanoseconds, always growing, never the same twice.</summary>
internal sealed class NonceClock(TimeProvider time)
{
    private long _last;

    /// <summary>Unix time in nanoseconds, in steps of 100.</summary>
    public static long Now(TimeProvider time) => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;

    public long Next()
    {
        var now = Now(time);
        while (true)
        {
            var last = Interlocked.Read(ref _last);
            var next = Math.Max(now, last + 1);
            if (Interlocked.CompareExchange(ref _last, next, last) == last) return next;
        }
    }
}
