namespace Niche.GpuEndpoint.Queueing;

/// <summary>
/// One request of a kind works at a time; a bounded number waits, urgent ones first and equals in order; the rest are refused at once, as are those
/// whose turn would come too late.
/// </summary>
public sealed class WorkLane(int capacity, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<WorkPlace, (int Urgency, long Order)> _waiting = new();
    private TaskCompletionSource? _empty;
    private double _averageSeconds;
    private long _order;
    private int _inside;
    private bool _busy;

    /// <summary>Requests working or waiting.</summary>
    public int Inside => Volatile.Read(ref _inside);

    /// <summary>Requests at work: 0 or 1.</summary>
    public int Running => Volatile.Read(ref _busy) ? 1 : 0;

    /// <summary>Requests waiting for their turn.</summary>
    public int Waiting => Math.Max(0, Inside - Running);

    /// <summary>Smoothed duration of recent work; zero before the first.</summary>
    public TimeSpan Average => TimeSpan.FromSeconds(Volatile.Read(ref _averageSeconds));

    /// <summary>Takes a place in the row; dispose of it when it is not used.</summary>
    /// <param name="priority">Higher goes first.</param>
    /// <param name="longestWait">How long the caller would wait for its turn; null for any time.</param>
    /// <exception cref="QueueFullException">Too many wait already, or the turn would come too late.</exception>
    /// <exception cref="DrainingException">The endpoint is stopping.</exception>
    public WorkPlace Enter(int priority = 0, TimeSpan? longestWait = null)
    {
        lock (_gate)
        {
            if (_empty is not null) throw new DrainingException();
            var wait = Average * _inside;
            if (_inside > capacity) throw new QueueFullException(Rounded(_averageSeconds == 0 ? 0.5 * capacity : wait.TotalSeconds));
            if (_inside > 0 && wait > longestWait) throw new QueueFullException(Rounded((wait - longestWait.Value).TotalSeconds));
            _inside++;
            var place = new WorkPlace(this, time);
            if (_busy)
            {
                _waiting.Enqueue(place, (-priority, _order++));
                return place;
            }
            _busy = true;
            place.Call();
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

    internal void Leave(WorkPlace place, TimeSpan? worked)
    {
        lock (_gate)
        {
            // A smoothed mean is enough for an honest Retry-After.
            if (worked is { TotalSeconds: var seconds }) _averageSeconds = _averageSeconds == 0 ? seconds : (0.8 * _averageSeconds) + (0.2 * seconds);
            if (!place.Called) _waiting.Remove(place, out _, out _);
            else if (_waiting.TryDequeue(out var next, out _)) next.Call();
            else _busy = false;
            // Last: whoever reads an empty lane without the lock must not find it busy.
            Volatile.Write(ref _inside, _inside - 1);
            if (_inside == 0) _empty?.TrySetResult();
        }
    }

    private static TimeSpan Rounded(double seconds) => TimeSpan.FromSeconds(Math.Ceiling(seconds));
}
