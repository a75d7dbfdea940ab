using Niche.Bittensor.Chain.Rpc;

namespace Niche.Bittensor.Chain.Submission;

/// <summary>Wakes those who wait for blocks: at every new head where a node tells of them, at the latest after the poll interval.</summary>
internal sealed class NewHeads(RpcClient rpc, TimeSpan pollInterval, TimeProvider time)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _next = New();
    private Action? _stop;
    private int _watchers;

    /// <summary>Listens, together with all others, until disposed of.</summary>
    public IDisposable Open()
    {
        lock (_gate)
            if (_watchers++ == 0 && rpc.CanSubscribe)
                _stop = Listen();
        return new Watcher(this);
    }

    /// <summary>Done at the next head; take it before looking for blocks, so that none is missed while looking.</summary>
    public Task Next
    {
        get
        {
            lock (_gate) return _next.Task;
        }
    }

    /// <summary>Until that head, or for the poll interval.</summary>
    public async Task WaitAsync(Task next, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(next, Task.Delay(pollInterval, time, stop.Token));
        await stop.CancelAsync();
        ct.ThrowIfCancellationRequested();
    }

    private Action Listen()
    {
        var stop = new CancellationTokenSource();
        _ = Task.Run(() => ListenAsync(stop.Token));
        return stop.Cancel;
    }

    private async Task ListenAsync(CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    await foreach (var _ in rpc.SubscribeAsync("chain_subscribeNewHeads", [], "chain_unsubscribeNewHeads", stop)) Wake();
                }
                catch (SubtensorException)
                {
                    await Task.Delay(pollInterval, time, stop); // Polling goes on meanwhile.
                }
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException)
        {
            return; // Nobody waits any more, or the client is gone.
        }
    }

    private void Wake()
    {
        lock (_gate)
        {
            _next.TrySetResult();
            _next = New();
        }
    }

    private void Close()
    {
        lock (_gate)
        {
            if (--_watchers > 0) return;
            _stop?.Invoke();
            _stop = null;
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Watcher(NewHeads heads) : IDisposable
    {
        private int _closed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _closed, 1) == 0) heads.Close();
        }
    }
}
