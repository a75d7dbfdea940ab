namespace Niche.Miner.Admission;

/// <summary>
/// Lets a number of requests work at once and a bounded number wait. Those who wait go in by weight: stake divided by the caller's own
/// requests inside, so that many requests of one validator do not starve the others. When the queue is full, a heavier newcomer takes
/// the place of the lightest.
/// </summary>
public sealed class WorkGate(int slots, int maxWaiting)
{
    private readonly Lock _gate = new();
    private readonly List<Waiter> _waiting = [];
    private readonly Dictionary<string, int> _inside = new(StringComparer.Ordinal);
    private long _arrivals;
    private int _running;

    /// <summary>Requests at work.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>Part of the slots that is free, 0..1.</summary>
    public double FreeShare => Math.Clamp(1 - ((double)Running / slots), 0, 1);

    /// <summary>Requests waiting.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate) return _waiting.Count;
        }
    }

    /// <summary>True when let in (then <see cref="Leave"/> must follow), false when the queue is full.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up waiting.</exception>
    public async Task<bool> EnterAsync(string hotkey, double stake, CancellationToken ct)
    {
        Waiter waiter;
        lock (_gate)
        {
            var own = _inside.GetValueOrDefault(hotkey) + 1;
            if (_running < slots)
            {
                _running++;
                _inside[hotkey] = own;
                return true;
            }

            waiter = new Waiter(hotkey, stake / own, _arrivals++);
            if (_waiting.Count >= maxWaiting && !Displace(waiter)) return false;
            _inside[hotkey] = own;
            _waiting.Add(waiter);
        }

        await using var abandoned = ct.Register(() => GiveUp(waiter, ct));
        return await waiter.Turn.Task;
    }

    /// <summary>Ends a request that was let in.</summary>
    public void Leave(string hotkey)
    {
        lock (_gate)
        {
            Forget(hotkey);
            if (_waiting.Count == 0)
            {
                _running--;
                return;
            }

            var next = _waiting[0];
            foreach (var candidate in _waiting)
                if (candidate.IsBefore(next))
                    next = candidate;
            _waiting.Remove(next);
            next.Turn.SetResult(true);
        }
    }

    private bool Displace(Waiter newcomer)
    {
        if (_waiting.Count == 0) return false;
        var lightest = _waiting[0];
        foreach (var candidate in _waiting)
            if (lightest.IsBefore(candidate))
                lightest = candidate;
        if (!newcomer.IsBefore(lightest)) return false;
        _waiting.Remove(lightest);
        Forget(lightest.Hotkey);
        lightest.Turn.SetResult(false);
        return true;
    }

    private void GiveUp(Waiter waiter, CancellationToken ct)
    {
        lock (_gate)
        {
            if (!_waiting.Remove(waiter)) return;
            Forget(waiter.Hotkey);
            waiter.Turn.SetCanceled(ct);
        }
    }

    private void Forget(string hotkey)
    {
        if (_inside[hotkey] == 1) _inside.Remove(hotkey);
        else _inside[hotkey]--;
    }

    private sealed class Waiter(string hotkey, double weight, long arrival)
    {
        public string Hotkey { get; } = hotkey;

        public double Weight { get; } = weight;

        public long Arrival { get; } = arrival;

        public TaskCompletionSource<bool> Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsBefore(Waiter other) => Weight > other.Weight || Weight == other.Weight && Arrival < other.Arrival;
    }
}
