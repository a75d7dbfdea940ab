namespace Niche.GpuEndpoint.Predictions;

/// <summary>A job with a name: its newest state, and a way to wait for the next one. Watchers that are slow skip states; none are kept for them.</summary>
internal sealed class Prediction(string id, PredictionOrder order, DateTimeOffset created) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private TaskCompletionSource _changed = Signal();

    public string Id { get; } = id;

    public PredictionOrder Order { get; } = order;

    public DateTimeOffset Created { get; } = created;

    public PredictionState State { get; private set; } = new(PredictionStatus.Starting);

    /// <summary>Fires when somebody cancels it.</summary>
    public CancellationToken Stopped => _stop.Token;

    /// <summary>Bytes that its results hold.</summary>
    public long Bytes => (State.Output?.File.LongLength ?? 0) + (State.Preview?.LongLength ?? 0);

    public void Cancel()
    {
        lock (_gate)
        {
            // Not here and now: what hangs on the token must not run under the lock.
            if (!State.Over) _ = _stop.CancelAsync();
        }
    }

    /// <summary>Moves on, unless it is over already.</summary>
    public void Change(Func<PredictionState, PredictionState> next)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            if (State.Over) return;
            State = next(State);
            (changed, _changed) = (_changed, Signal());
        }
        changed.SetResult();
    }

    /// <summary>The newest state, as soon as it is another than the known one.</summary>
    public async Task<PredictionState> AfterAsync(PredictionState? known, CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (!ReferenceEquals(State, known)) return State;
                changed = _changed.Task;
            }
            await changed.WaitAsync(cancellation);
        }
    }

    /// <summary>The last state.</summary>
    public async Task<PredictionState> EndAsync(CancellationToken cancellation)
    {
        var state = State;
        while (!state.Over) state = await AfterAsync(state, cancellation);
        return state;
    }

    /// <summary>Called by the one who works on it, once it is over.</summary>
    public void Dispose() => _stop.Dispose();

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
