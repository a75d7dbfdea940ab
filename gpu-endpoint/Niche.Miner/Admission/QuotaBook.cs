using Niche.Subnet.Capacity;

namespace Niche.Miner.Admission;

/// <summary>One bucket per validator. Holds validators of the metagraph only, so strangers can not make it grow.</summary>
public sealed class QuotaBook(TimeSpan interval, TimeProvider time)
{
    private const int SweepAbove = 512;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, QuotaBucket> _buckets = new(StringComparer.Ordinal);

    /// <summary>Takes one request from a share; how long to wait when none is left, else null.</summary>
    public TimeSpan? Take(string hotkey, int share)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (_buckets.Count > SweepAbove) Sweep(now);
            var bucket = _buckets.GetValueOrDefault(hotkey) ?? QuotaBucket.Full(share, now);
            var decision = bucket.Take(share, interval, now);
            _buckets[hotkey] = decision.State;
            return decision.Allowed ? null : decision.RetryAfter;
        }
    }

    /// <summary>Gives one request back: it was refused after all.</summary>
    public void GiveBack(string hotkey)
    {
        lock (_gate)
            if (_buckets.TryGetValue(hotkey, out var bucket))
                _buckets[hotkey] = bucket with { Tokens = bucket.Tokens + 1 };
    }

    // After a whole interval of silence a bucket is full again, and a full one needs no memory.
    private void Sweep(DateTimeOffset now)
    {
        foreach (var (hotkey, bucket) in _buckets)
            if (now - bucket.UpdatedAt >= interval)
                _buckets.Remove(hotkey);
    }
}
