namespace Niche.Triggers.Queues;

/// <summary>Randomised exponential back-off of an idle poller: from 100 ms, doubled each time, plus or minus 20 %, never longer
/// than maxPollingInterval.</summary>
/// <param name="max">maxPollingInterval.</param>
/// <param name="random">Uniform in [0, 1).</param>
internal sealed class PollBackoff(TimeSpan max, Func<double> random)
{
    private const double MinimumMs = 100, Spread = 0.2;
    private int _step;

    /// <summary>The next delay.</summary>
    public TimeSpan Next()
    {
        var ms = MinimumMs * Math.Pow(2, _step) * (1 - Spread + (2 * Spread * random()));
        if (ms >= max.TotalMilliseconds)
            return max;
        _step++;
        return TimeSpan.FromMilliseconds(ms);
    }

    /// <summary>Messages were found: start again at the shortest delay.</summary>
    public void Reset() => _step = 0;
}
