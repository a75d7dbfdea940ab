namespace Niche.Triggers.Queues;

/// <summary>An auto-reset event for one waiter, on a <see cref="TimeProvider"/>. A set while nobody waits is kept.</summary>
internal sealed class AsyncSignal
{
    private readonly Lock _gate = new();
    private bool _set;
    private TaskCompletionSource? _waiter;

    public void Set()
    {
        TaskCompletionSource? waiter;
        lock (_gate)
        {
            waiter = _waiter;
            _waiter = null;
            _set = waiter is null;
        }

        waiter?.TrySetResult();
    }

    /// <summary>Returns at a set, at the timeout or at cancellation; the caller looks at its own state to learn which.</summary>
    public async Task WaitAsync(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        TaskCompletionSource waiter;
        lock (_gate)
        {
            if (_set)
            {
                _set = false;
                return;
            }

            waiter = _waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        await using var cancelled = cancellationToken.UnsafeRegister(static w => ((TaskCompletionSource)w!).TrySetResult(), waiter);
        await using var timer = timeout == Timeout.InfiniteTimeSpan
            ? null
            : time.CreateTimer(static w => ((TaskCompletionSource)w!).TrySetResult(), waiter, timeout, Timeout.InfiniteTimeSpan);
        await waiter.Task.ConfigureAwait(false);

        // Left in place, a waiter that timed out would swallow the next set.
        lock (_gate)
        {
            if (ReferenceEquals(_waiter, waiter))
                _waiter = null;
        }
    }
}
