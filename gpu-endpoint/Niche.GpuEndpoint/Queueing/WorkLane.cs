namespace Niche.GpuEndpoint.Queueing;

/// <summary>One request of a kind works at a time, a bounded number waits in order, the rest are refused at once.</summary>
public sealed class WorkLane(int capacity, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _inside;
    private double _averageSeconds = 0.5;

    /// <summary>Requests working or waiting.</summary>
    public int Inside => Volatile.Read(ref _inside);

    /// <summary>Waits for a turn, does the work, and passes the turn on.</summary>
    /// <param name="work">Gets the time spent waiting.</param>
    /// <param name="cancellation">Gives up the place.</param>
    /// <typeparam name="T">Result of the work.</typeparam>
    /// <exception cref="QueueFullException">Too many wait already.</exception>
    public async Task<T> RunAsync<T>(Func<TimeSpan, Task<T>> work, CancellationToken cancellation)
    {
        var inside = Interlocked.Increment(ref _inside);
        try
        {
            if (inside > capacity + 1)
            {
                throw new QueueFullException(TimeSpan.FromSeconds(Math.Ceiling(capacity * Volatile.Read(ref _averageSeconds))));
            }
            var start = time.GetTimestamp();
            await _turn.WaitAsync(cancellation);
            try
            {
                return await Timed(work, time.GetElapsedTime(start));
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<T> Timed<T>(Func<TimeSpan, Task<T>> work, TimeSpan queued)
    {
        var start = time.GetTimestamp();
        var result = await work(queued);
        // A smoothed mean is enough for an honest Retry-After.
        Volatile.Write(ref _averageSeconds, (0.8 * Volatile.Read(ref _averageSeconds)) + (0.2 * time.GetElapsedTime(start).TotalSeconds));
        return result;
    }
}
