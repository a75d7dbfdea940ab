namespace Niche.DiscordStandIn.Limits;

/// <summary>Discord's limits as a server keeps them: a fixed window per bucket, a second for all calls of the app, ten minutes for failures.</summary>
/// <param name="options">Sizes.</param>
public sealed class LimitGate(StandInOptions options)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan InvalidWindow = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (DateTimeOffset Until, int Used)> _windows = new(StringComparer.Ordinal);
    private readonly Queue<DateTimeOffset> _invalid = new();
    private (DateTimeOffset Until, int Used) _all;
    private int _forced;
    private TimeSpan _forcedWait;
    private bool _forcedGlobal;

    /// <summary>Failed calls in the last ten minutes.</summary>
    public int Invalid
    {
        get { lock (_lock) return _invalid.Count; }
    }

    /// <summary>The address is banned.</summary>
    public bool IsBanned => Invalid >= options.InvalidBudget;

    /// <summary>Refuses the next calls whatever the buckets say: a storm.</summary>
    public void Storm(int calls, TimeSpan wait, bool isGlobal = false)
    {
        lock (_lock) (_forced, _forcedWait, _forcedGlobal) = (calls, wait, isGlobal);
    }

    /// <summary>Judges a call.</summary>
    /// <param name="bucket">The bucket with its major id.</param>
    /// <param name="isOfApp">It carries the app's token, and is none of an interaction.</param>
    public LimitVerdict Judge(string bucket, bool isOfApp)
    {
        lock (_lock)
        {
            DateTimeOffset now = options.Time.GetUtcNow();
            string name = $"{Math.Abs(bucket.Split('|')[0].GetHashCode(StringComparison.Ordinal)):x8}";
            if (_forced > 0)
            {
                _forced--;
                return new LimitVerdict(false, _forcedGlobal ? "global" : "user", name, options.BucketSize, 0, _forcedWait);
            }

            if (isOfApp)
            {
                if (now >= _all.Until) _all = (now + Second, 0);
                if (_all.Used >= options.PerSecond) return new LimitVerdict(false, "global", name, options.PerSecond, 0, _all.Until - now);
                _all.Used++;
            }

            (DateTimeOffset until, int used) = _windows.GetValueOrDefault(bucket);
            if (now >= until) (until, used) = (now + options.BucketWindow, 0);
            bool isAllowed = used < options.BucketSize;
            if (isAllowed) used++;
            _windows[bucket] = (until, used);
            return new LimitVerdict(isAllowed, "user", name, options.BucketSize, options.BucketSize - used, until - now);
        }
    }

    /// <summary>Counts a failure.</summary>
    public void CountInvalid()
    {
        lock (_lock)
        {
            DateTimeOffset now = options.Time.GetUtcNow();
            while (_invalid.TryPeek(out DateTimeOffset first) && now - first >= InvalidWindow) _invalid.Dequeue();
            _invalid.Enqueue(now);
        }
    }
}
