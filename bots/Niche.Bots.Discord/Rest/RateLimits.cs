namespace Niche.Bots.Discord.Rest;

/// <summary>
/// Discord's limits as its answers tell them: buckets by name and major id, and the global limit for calls with the app's token. Safe for threads.
/// Source: discord-api-docs, Rate Limits.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="perSecond">Calls per second with the app's token.</param>
public sealed class RateLimits(TimeProvider time, int perSecond = 50)
{
    private const int MaxBuckets = 4096;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RateBucket> _buckets = new(StringComparer.Ordinal);
    private readonly Queue<DateTimeOffset> _answered = new();
    private int _inFlight;
    private DateTimeOffset _globalUntil;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Number of buckets that are remembered; bounded.</summary>
    public int Buckets
    {
        get { lock (_lock) return _buckets.Count; }
    }

    /// <summary>Asks for a call.</summary>
    /// <returns>
    /// Zero: go, and report back once with the bucket. Otherwise how long to wait before asking again; infinite: until <c>Changed</c> ends.
    /// </returns>
    internal (TimeSpan Wait, RateBucket Bucket, Task Changed) Reserve(DiscordRoute route)
    {
        lock (_lock)
        {
            DateTimeOffset now = time.GetUtcNow();
            RateBucket bucket = Find(route, now);
            TimeSpan wait = route.AsApp ? GlobalWait(now) : TimeSpan.Zero;
            if (wait == TimeSpan.Zero) wait = bucket.Reserve(now);
            if (wait == TimeSpan.Zero && route.AsApp) _inFlight++;
            return (wait, bucket, _changed.Task);
        }
    }

    /// <summary>Reports a call that was answered.</summary>
    internal void Answered(DiscordRoute route, RateBucket bucket, RateHeaders? headers, bool failed)
    {
        lock (_lock)
        {
            CountAnswer(route);
            if (headers is null)
            {
                bucket.Release(unlimited: !failed);
            }
            else
            {
                bucket.Learn(headers.Limit, headers.Remaining, headers.ResetAfter, time.GetUtcNow());
                Name(route, headers.Bucket);
            }

            Wake();
        }
    }

    /// <summary>Reports a 429.</summary>
    internal void Refused(DiscordRoute route, RateBucket bucket, TimeSpan retryAfter, bool isGlobal)
    {
        lock (_lock)
        {
            DateTimeOffset now = time.GetUtcNow();
            CountAnswer(route);
            if (isGlobal)
            {
                bucket.Release(unlimited: false);
                if (now + retryAfter > _globalUntil) _globalUntil = now + retryAfter;
            }
            else
            {
                bucket.Block(retryAfter, now);
            }

            Wake();
        }
    }

    // Discord counts a call when it arrives, which is somewhere between its sending and its answer: it blocks a place until a second after the answer.
    private void CountAnswer(DiscordRoute route)
    {
        if (!route.AsApp) return;
        _inFlight--;
        _answered.Enqueue(time.GetUtcNow());
    }

    private TimeSpan GlobalWait(DateTimeOffset now)
    {
        if (now < _globalUntil) return _globalUntil - now;
        while (_answered.TryPeek(out DateTimeOffset first) && now - first >= Second) _answered.Dequeue();
        if (_answered.Count + _inFlight < perSecond) return TimeSpan.Zero;
        return _answered.TryPeek(out DateTimeOffset next) ? next + Second - now : Timeout.InfiniteTimeSpan;
    }

    private RateBucket Find(DiscordRoute route, DateTimeOffset now)
    {
        string key = KeyOf(route, _names.GetValueOrDefault(NameKey(route)));
        if (_buckets.TryGetValue(key, out RateBucket? bucket)) return bucket;
        if (_buckets.Count >= MaxBuckets) Forget(now);
        return _buckets[key] = new RateBucket();
    }

    // From now on the routes that share a bucket share its state: what was counted under the route moves to the bucket's name.
    private void Name(DiscordRoute route, string name)
    {
        string nameKey = NameKey(route);
        string before = _names.GetValueOrDefault(nameKey) ?? nameKey;
        if (before == name) return;
        _names[nameKey] = name;
        foreach ((string key, RateBucket bucket) in _buckets.Where(pair => pair.Key.StartsWith(before + "|", StringComparison.Ordinal)).ToList())
        {
            _buckets.Remove(key);
            _buckets.TryAdd(name + key[before.Length..], bucket);
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (string key in _buckets.Where(pair => pair.Value.IsIdle(now)).OrderBy(pair => pair.Value.Touched).Take(MaxBuckets / 2).Select(pair => pair.Key).ToList())
            _buckets.Remove(key);
    }

    private void Wake()
    {
        TaskCompletionSource before = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        before.SetResult();
    }

    private static string NameKey(DiscordRoute route) => $"{route.Method} {route.Template}";

    private static string KeyOf(DiscordRoute route, string? name) => $"{name ?? NameKey(route)}|{route.Major}";
}
