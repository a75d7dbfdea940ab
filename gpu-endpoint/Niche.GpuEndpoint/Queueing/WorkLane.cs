namespace Niche.GpuEndpoint.Queueing;

/// <summary>
/// One turn of a kind of work at a time, or a few; a bounded number of requests waits, urgent ones first and equals in order; the rest are refused at once, as are
/// those whose turn would come too late. Offered work of an equal kind that waits shares a turn with the most urgent one.
/// </summary>
/// <param name="capacity">Requests that may wait.</param>
/// <param name="time">Clock.</param>
/// <param name="turns">Turns at a time.</param>
public sealed class WorkLane(int capacity, TimeProvider time, int turns = 1)
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<WorkPlace, (int Urgency, long Order)> _waiting = new();
    private readonly HashSet<WorkPlace> _working = [];
    private TaskCompletionSource? _empty;
    private double _averageSeconds;
    private long _order;
    private int _inside;
    private int _running;

    /// <summary>Requests working or waiting.</summary>
    public int Inside => Volatile.Read(ref _inside);

    /// <summary>Requests at work: at most one for each turn, or those that share one.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>Requests waiting for their turn.</summary>
    public int Waiting => Math.Max(0, Inside - Running);

    /// <summary>Smoothed duration of recent work, a share of it where a turn was shared; zero before the first.</summary>
    public TimeSpan Average => TimeSpan.FromSeconds(Volatile.Read(ref _averageSeconds));

    /// <summary>Who is inside, for those who count.</summary>
    public LaneCensus Census()
    {
        lock (_gate)
        {
            var waiting = _waiting.UnorderedItems.Select(item => item.Element).ToArray();
            return new LaneCensus(
                _working.CountBy(place => place.Model).ToDictionary(), waiting.CountBy(place => place.Model).ToDictionary(), waiting.CountBy(place => place.Priority).ToDictionary());
        }
    }

    /// <summary>Takes a place in the row; dispose of it when it is not used.</summary>
    /// <param name="priority">Higher goes first.</param>
    /// <param name="longestWait">How long the caller would wait for its turn; null for any time.</param>
    /// <param name="model">The model that will work, for those who count.</param>
    /// <exception cref="QueueFullException">Too many wait already, or the turn would come too late.</exception>
    /// <exception cref="DrainingException">The endpoint is stopping.</exception>
    public WorkPlace Enter(int priority = 0, TimeSpan? longestWait = null, string model = "")
    {
        lock (_gate)
        {
            if (_empty is not null) throw new DrainingException();
            var (wait, busy) = (Average * _inside / turns, _running >= turns);
            if (busy && _inside - _running >= capacity) throw new QueueFullException(Rounded(_averageSeconds == 0 ? 0.5 * capacity : wait.TotalSeconds));
            if (busy && wait > longestWait) throw new QueueFullException(Rounded((wait - longestWait.Value).TotalSeconds));
            _inside++;
            var place = new WorkPlace(this, time, priority, model);
            _waiting.Enqueue(place, (-priority, _order++));
            if (!busy) CallNext();
            return place;
        }
    }

    /// <summary>Takes a place, waits for its turn, does the work, and passes the turn on.</summary>
    /// <param name="work">Gets the time spent waiting.</param>
    /// <param name="cancellation">Gives up the place.</param>
    /// <typeparam name="T">Result of the work.</typeparam>
    /// <exception cref="QueueFullException">Too many wait already.</exception>
    /// <exception cref="DrainingException">The endpoint is stopping.</exception>
    public async Task<T> RunAsync<T>(Func<TimeSpan, Task<T>> work, CancellationToken cancellation)
    {
        using var place = Enter();
        return await place.RunAsync(work, cancellation);
    }

    /// <summary>Refuses new work from now on; the task ends when nobody is inside any more.</summary>
    public Task DrainAsync()
    {
        lock (_gate)
        {
            _empty ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_inside == 0) _empty.TrySetResult();
            return _empty.Task;
        }
    }

    /// <summary>Takes a place out of the row; false when its turn has come already.</summary>
    internal bool Withdraw(WorkPlace place)
    {
        lock (_gate)
        {
            if (place.Called) return false;
            _waiting.Remove(place, out _, out _);
            return true;
        }
    }

    internal void Leave(WorkPlace place, TimeSpan? worked)
    {
        lock (_gate)
        {
            // A smoothed mean is enough for an honest Retry-After.
            if (worked is { TotalSeconds: var seconds }) _averageSeconds = _averageSeconds == 0 ? seconds : (0.8 * _averageSeconds) + (0.2 * seconds);
            if (!_working.Remove(place)) _waiting.Remove(place, out _, out _);
            Volatile.Write(ref _running, _working.Count);
            if (_running < turns) CallNext();
            // Last: whoever reads an empty lane without the lock must not find it busy.
            Volatile.Write(ref _inside, _inside - 1);
            if (_inside == 0) _empty?.TrySetResult();
        }
    }

    private static TimeSpan Rounded(double seconds) => TimeSpan.FromSeconds(Math.Ceiling(seconds));

    private void CallNext()
    {
        if (!_waiting.TryDequeue(out var first, out _)) return;
        var mates = Mates(first);
        foreach (var mate in mates) _waiting.Remove(mate, out _, out _);
        _working.UnionWith([first, .. mates]);
        Volatile.Write(ref _running, _working.Count);
        first.Call([.. mates.Select(mate => mate.Work!)], _working.Count);
        foreach (var mate in mates) mate.Call(null, _working.Count);
    }

    private WorkPlace[] Mates(WorkPlace first) => first.Work is not { Most: > 1 } work ? [] :
    [
        .. _waiting.UnorderedItems.Where(item => item.Element.Work?.Kind.Equals(work.Kind) == true)
            .OrderBy(item => item.Priority).Take(work.Most - 1).Select(item => item.Element),
    ];
}
