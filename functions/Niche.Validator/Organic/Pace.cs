namespace Niche.Validator.Organic;

/// <summary>
/// How fast one model's pictures come out of the house, however many miners there are and whoever of them is slow: the mean time between two finished
/// ones while there is work. Needs no count of miners, which says little when some are busy, cheat or are never asked.
/// </summary>
public sealed class Pace
{
    // A few dozen pictures back: long enough to be steady, short enough to follow a miner that comes or goes.
    private const double Smoothing = 0.05;
    private const int Certain = 20;
    private readonly Lock _lock = new();
    private DateTimeOffset? _last;
    private double _gap, _took;
    private int _known, _running;

    /// <summary>Units that miners are asked for now.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>A unit is handed to miners from here on, until the result is disposed.</summary>
    public IDisposable Begin() => new Work(this);

    /// <summary>Learns from a finished unit.</summary>
    /// <param name="took">From its first start to its end.</param>
    /// <param name="at">Its end.</param>
    public void Learn(TimeSpan took, DateTimeOffset at)
    {
        lock (_lock)
        {
            // While nobody asked for anything nothing was late: a gap counts from the unit's own start at the earliest.
            double gap = _last is { } last ? Math.Clamp((at - last).TotalSeconds, 0, took.TotalSeconds) : took.TotalSeconds;
            // The first ones weigh alike, or the very first would be remembered for long.
            double weight = Math.Max(Smoothing, 1.0 / ++_known);
            _gap += weight * (gap - _gap);
            _took += weight * (took.TotalSeconds - _took);
            if (_last is null || at > _last) _last = at;
        }
    }

    /// <summary>Time until the last of some units is finished; null before anything was learnt.</summary>
    /// <param name="units">Units that are open up to that one, itself included.</param>
    public TimeSpan? Until(int units)
    {
        lock (_lock)
        {
            if (_known == 0) return null;
            // Somebody who is alone waits for the painting itself, whatever the gaps are; unless it took long because others were painted as well.
            double alone = Math.Min(_took, _gap * Math.Max(1, _known < Certain ? units : 1) * 2);
            return TimeSpan.FromSeconds(Math.Max(alone, units * _gap));
        }
    }

    private sealed class Work : IDisposable
    {
        private readonly Pace _pace;

        public Work(Pace pace)
        {
            _pace = pace;
            Interlocked.Increment(ref pace._running);
        }

        public void Dispose() => Interlocked.Decrement(ref _pace._running);
    }
}
