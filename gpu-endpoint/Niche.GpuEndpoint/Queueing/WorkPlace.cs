namespace Niche.GpuEndpoint.Queueing;

/// <summary>A place in a <see cref="WorkLane"/>, for one piece of work.</summary>
public sealed class WorkPlace : IDisposable
{
    private readonly WorkLane _lane;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource<IReadOnlyList<SharedWork>?> _turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _entered;
    private long _called;
    private int _mates = 1;
    private TimeSpan? _worked;
    private int _left;

    internal WorkPlace(WorkLane lane, TimeProvider time, int priority, string model) =>
        (_lane, _time, Priority, Model, _entered) = (lane, time, priority, model, time.GetTimestamp());

    /// <summary>Whether its turn has come.</summary>
    public bool Called => _turn.Task.IsCompleted;

    /// <summary>Time spent waiting, once its turn has come.</summary>
    public TimeSpan Waited => _time.GetElapsedTime(_entered, _called);

    /// <summary>Higher goes first.</summary>
    public int Priority { get; }

    internal string Model { get; }

    internal SharedWork? Work { get; private set; }

    /// <summary>Says what is to be done here, so that it can be done together with what else waits.</summary>
    /// <param name="work">The work.</param>
    public void Offer(SharedWork work) => Work = work;

    /// <summary>Waits for the turn of offered work.</summary>
    /// <param name="cancellation">Gives up waiting; without effect once the turn has come, for others may count on this place.</param>
    /// <returns>The work of others that has to be done together with this place's own; null when one of them does it.</returns>
    public async Task<IReadOnlyList<SharedWork>?> TurnAsync(CancellationToken cancellation)
    {
        try
        {
            return await _turn.Task.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            if (_lane.Withdraw(this)) throw;
        }
        return await _turn.Task;
    }

    /// <summary>Waits for the turn and works alone.</summary>
    /// <param name="work">Gets the time spent waiting.</param>
    /// <param name="cancellation">Gives up waiting; the work watches it by itself.</param>
    /// <typeparam name="T">Result of the work.</typeparam>
    public async Task<T> RunAsync<T>(Func<TimeSpan, Task<T>> work, CancellationToken cancellation)
    {
        await _turn.Task.WaitAsync(cancellation);
        var result = await work(Waited);
        Succeed();
        return result;
    }

    /// <summary>Lets the time since the turn count as a usual duration.</summary>
    public void Succeed() => _worked = _time.GetElapsedTime(_called) / _mates;

    /// <summary>Leaves the lane; the last one of a turn passes it on. A second time does nothing.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _left, 1) == 0) _lane.Leave(this, _worked);
    }

    internal void Call(IReadOnlyList<SharedWork>? others, int mates)
    {
        (_called, _mates) = (_time.GetTimestamp(), mates);
        _turn.TrySetResult(others);
    }
}
