namespace Niche.Bittensor.Axon;

/// <summary>
/// Lets a number of requests work at once and a bounded number wait. The turns of those who wait are shared among the callers by weight:
/// 1 + log2(1 + priority), so that ten thousand times the stake is some ten times the turns, and nobody who floods starves the others.
/// Within one caller the order is that of arrival. When the queue is full, a newcomer whose turn would come before another's takes the place of
/// the one whose turn is furthest off.
/// </summary>
/// <remarks>Self-clocked fair queueing (S. J. Golestani, INFOCOM 1994): each request gets a finish tag, its caller's last tag or the tag now in
/// service, whichever is later, plus 1 / weight; the lowest tag goes next.</remarks>
public sealed class FairGate
{
    private const int PruneAbove = 1024;

    private readonly int _slots;
    private readonly int _maxWaiting;
    private readonly Lock _gate = new();
    private readonly SortedSet<Waiter> _waiting = new(Waiter.Order);
    private readonly Dictionary<string, double> _lastTags = new(StringComparer.Ordinal);
    private double _now;
    private long _arrivals;
    private int _running;

    /// <summary>A gate with so many slots (at least one) and places to wait.</summary>
    public FairGate(int slots, int maxWaiting)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(maxWaiting);
        (_slots, _maxWaiting) = (slots, maxWaiting);
    }

    /// <summary>Requests at work.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>Part of the slots that is free, 0..1.</summary>
    public double FreeShare => Math.Clamp(1 - ((double)Running / _slots), 0, 1);

    /// <summary>Requests waiting.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate) return _waiting.Count;
        }
    }

    /// <summary>True when a slot was free; then <see cref="Leave"/> must follow.</summary>
    public bool TryEnter(string caller, double priority)
    {
        lock (_gate) return TryEnterLocked(caller, priority, out _);
    }

    /// <summary>True when let in (then <see cref="Leave"/> must follow), false when too many wait already.</summary>
    /// <param name="caller">Who the turn counts for.</param>
    /// <param name="priority">Stake, or any measure of importance; below 0 counts as 0.</param>
    /// <param name="ct">Gives up waiting.</param>
    /// <exception cref="OperationCanceledException">The caller gave up waiting.</exception>
    public async Task<bool> EnterAsync(string caller, double priority, CancellationToken ct)
    {
        Waiter waiter;
        lock (_gate)
        {
            if (TryEnterLocked(caller, priority, out var tag)) return true;
            waiter = new Waiter(caller, tag, 1 / WeightOf(priority), _arrivals++);
            if (_waiting.Count >= _maxWaiting && !Displace(waiter)) return false;
            if (_lastTags.Count > PruneAbove) Prune();
            _lastTags[caller] = tag;
            _waiting.Add(waiter);
        }

        await using var abandoned = ct.Register(() => GiveUp(waiter, ct));
        return await waiter.Turn.Task;
    }

    /// <summary>Ends a request that was let in.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            if (_waiting.Min is not { } next)
            {
                _running--;
                return;
            }

            _waiting.Remove(next);
            _now = Math.Max(_now, next.Tag);
            next.Turn.SetResult(true);
        }
    }

    private bool TryEnterLocked(string caller, double priority, out double tag)
    {
        tag = Math.Max(_now, _lastTags.GetValueOrDefault(caller)) + (1 / WeightOf(priority));
        if (_running >= _slots) return false;
        _running++;
        _now = tag;
        return true;
    }

    private bool Displace(Waiter newcomer)
    {
        if (_waiting.Max is not { } last || Waiter.Order.Compare(newcomer, last) >= 0) return false;
        Remove(last);
        last.Turn.SetResult(false);
        return true;
    }

    private void GiveUp(Waiter waiter, CancellationToken ct)
    {
        lock (_gate)
        {
            if (!_waiting.Contains(waiter)) return;
            Remove(waiter);
            waiter.Turn.SetCanceled(ct);
        }
    }

    // A turn that was not taken is not charged; later requests of the same caller keep the tags they have.
    private void Remove(Waiter waiter)
    {
        _waiting.Remove(waiter);
        if (_lastTags.TryGetValue(waiter.Caller, out var last)) _lastTags[waiter.Caller] = last - waiter.Cost;
    }

    // A caller whose last tag lies behind has used up nothing that a new one has not.
    private void Prune()
    {
        foreach (var (caller, tag) in _lastTags)
            if (tag <= _now)
                _lastTags.Remove(caller);
    }

    private static double WeightOf(double priority) => 1 + Math.Log2(1 + Math.Clamp(double.IsNaN(priority) ? 0 : priority, 0, 1e30));

    private sealed class Waiter(string caller, double tag, double cost, long arrival)
    {
        public static readonly Comparer<Waiter> Order = Comparer<Waiter>.Create((a, b) =>
            a.Tag.CompareTo(b.Tag) is var order and not 0 ? order : a._arrival.CompareTo(b._arrival));

        private readonly long _arrival = arrival;

        public string Caller { get; } = caller;

        public double Tag { get; } = tag;

        public double Cost { get; } = cost;

        public TaskCompletionSource<bool> Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
