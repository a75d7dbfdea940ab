namespace Niche.Bittensor.Dendrite;

/// <summary>How long the last good answers took.</summary>
internal sealed class CallTimes
{
    private const int Kept = 128;
    private const int Enough = 20;

    private readonly Lock _gate = new();
    private readonly TimeSpan[] _times = new TimeSpan[Kept];
    private int _count;

    public void Add(TimeSpan time)
    {
        lock (_gate) _times[_count++ % Kept] = time;
    }

    /// <summary>The time within which that part of the answers came; null until there are enough of them.</summary>
    public TimeSpan? Percentile(double part)
    {
        TimeSpan[] sorted;
        lock (_gate)
        {
            if (_count < Enough) return null;
            sorted = _times[..Math.Min(_count, Kept)];
        }

        Array.Sort(sorted);
        return sorted[Math.Clamp((int)(part * sorted.Length), 0, sorted.Length - 1)];
    }
}
