namespace Niche.Bots.Discord.Rest;

/// <summary>
/// One of Discord's buckets. Until an answer told its size, one call at a time goes out. Calls on their way count as spent: the server counts them when they arrive.
/// Not safe for threads by itself.
/// </summary>
internal sealed class RateBucket
{
    private static readonly TimeSpan Guess = TimeSpan.FromSeconds(1);

    private int _limit = 1;
    private int _remaining = 1;
    private int _inFlight;
    private bool _known;
    private DateTimeOffset _resetsAt;

    /// <summary>When it was last used.</summary>
    public DateTimeOffset Touched { get; private set; }

    /// <summary>Nothing would be forgotten with it.</summary>
    public bool IsIdle(DateTimeOffset now) => _inFlight == 0 && now >= _resetsAt;

    /// <summary>Zero: a call was granted. Otherwise how long to wait; infinite: until a call that is on its way tells.</summary>
    public TimeSpan Reserve(DateTimeOffset now)
    {
        Touched = now;
        if (_known && now >= _resetsAt) (_remaining, _resetsAt) = (Math.Max(0, _limit - _inFlight), now + Guess);
        if (_remaining <= 0) return _known ? _resetsAt - now : Timeout.InfiniteTimeSpan;
        _remaining--;
        _inFlight++;
        return TimeSpan.Zero;
    }

    /// <summary>A call came back with the bucket's state.</summary>
    public void Learn(int limit, int remaining, TimeSpan resetAfter, DateTimeOffset now)
    {
        _inFlight--;
        DateTimeOffset resetsAt = now + resetAfter;
        // Answers come out of order: within a window the smallest count is the newest.
        bool sameWindow = _known && _limit == limit && now < _resetsAt && resetsAt <= _resetsAt + Guess;
        _remaining = sameWindow ? Math.Min(_remaining, remaining) : Math.Max(0, remaining - _inFlight);
        (_limit, _resetsAt, _known) = (limit, resetsAt, true);
    }

    /// <summary>A call came back without one: failed on the way, or its route has no limit.</summary>
    public void Release(bool unlimited)
    {
        _inFlight--;
        if (unlimited && !_known) _limit = _remaining = 1000;
        else if (!_known) _remaining = 1;
        _known |= unlimited;
    }

    /// <summary>The server said to wait.</summary>
    public void Block(TimeSpan retryAfter, DateTimeOffset now)
    {
        _inFlight--;
        (_remaining, _known) = (0, true);
        if (now + retryAfter > _resetsAt) _resetsAt = now + retryAfter;
    }
}
