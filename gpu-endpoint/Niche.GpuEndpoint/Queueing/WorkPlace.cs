namespace Niche.GpuEndpoint.Queueing;

/// <summary>A place in a <see cref="WorkLane"/>, for one piece of work.</summary>
public sealed class WorkPlace : IDisposable
{
    private readonly WorkLane _lane;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource _turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _entered;
    private TimeSpan? _worked;
    private int _left;

    internal WorkPlace(WorkLane lane, TimeProvider time) => (_lane, _time, _entered) = (lane, time, time.GetTimestamp());

    /// <summary>Whether its turn has come.</summary>
    public bool Called => _turn.Task.IsCompleted;

    /// <summary>Waits for the turn and works.</summary>
    /// <param name="work">Gets the time spent waiting.</param>
    /// <param name="cancellation">Gives up waiting; the work watches it by itself.</param>
    /// <typeparam name="T">Result of the work.</typeparam>
    public async Task<T> RunAsync<T>(Func<TimeSpan, Task<T>> work, CancellationToken cancellation)
    {
        await _turn.Task.WaitAsync(cancellation);
        var start = _time.GetTimestamp();
        var result = await work(_time.GetElapsedTime(_entered, start));
        _worked = _time.GetElapsedTime(start);
        return result;
    }

    /// <summary>Leaves the lane, passing the turn on; a second time does nothing.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _left, 1) == 0) _lane.Leave(this, _worked);
    }

    internal void Call() => _turn.TrySetResult();
}
