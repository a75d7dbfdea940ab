namespace Niche.Bittensor.Axon;

/// <summary>Lets a number of handlers run at once; those who wait go in by priority, then by arrival.</summary>
internal sealed class PriorityGate(int slots, int maxWaiting)
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<TaskCompletionSource<bool>, (double, long)> _waiting = new();
    private int _free = slots;
    private long _arrivals;

    /// <summary>True when let in (then <see cref="Leave"/> must follow), false when too many wait already.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up waiting.</exception>
    public async Task<bool> EnterAsync(double priority, CancellationToken ct)
    {
        TaskCompletionSource<bool> turn;
        lock (_gate)
        {
            if (_free > 0)
            {
                _free--;
                return true;
            }

            if (_waiting.Count >= maxWaiting) return false;
            turn = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn, (-priority, _arrivals++));
        }

        await using var abandoned = ct.Register(() => GiveUp(turn, ct));
        return await turn.Task;
    }

    public void Leave()
    {
        lock (_gate)
        {
            while (_waiting.TryDequeue(out var next, out _))
                if (next.TrySetResult(true))
                    return;
            _free++;
        }
    }

    private void GiveUp(TaskCompletionSource<bool> turn, CancellationToken ct)
    {
        lock (_gate)
            if (turn.TrySetCanceled(ct))
                _waiting.Remove(turn, out _, out _);
    }
}
