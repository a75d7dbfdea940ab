using Microsoft.Extensions.Logging;

namespace Niche.Triggers.Queues;

/// <summary>Keeps one message invisible while its function runs: renews at half the lease and holds the newest pop receipt.</summary>
internal sealed class MessageLease : IAsyncDisposable
{
    /// <summary>How long a received message stays invisible; fixed in the real host too.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(1);

    private readonly IQueueTransport _transport;
    private readonly string _queue;
    private readonly QueueItem _item;
    private readonly ILogger _log;
    private readonly ITimer _timer;
    private readonly CancellationToken _cancellation;
    private Task _renewal = Task.CompletedTask;
    private bool _stopped;

    public MessageLease(IQueueTransport transport, string queue, QueueItem item, TimeProvider time, ILogger log, CancellationToken cancellation)
    {
        (_transport, _queue, _item, _log, _cancellation) = (transport, queue, item, log, cancellation);
        PopReceipt = item.PopReceipt;
        _timer = time.CreateTimer(static l => ((MessageLease)l!).Tick(), this, Length / 2, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The newest receipt; settled once the lease is disposed.</summary>
    public string PopReceipt { get; private set; }

    /// <summary>Ends the renewals and waits for one under way, whose receipt would else be newer than ours.</summary>
    public ValueTask DisposeAsync()
    {
        Task renewal;
        lock (_timer)
        {
            _stopped = true;
            renewal = _renewal;
        }

        _timer.Dispose();
        return renewal.IsCompletedSuccessfully ? ValueTask.CompletedTask : new ValueTask(renewal);
    }

    private void Tick()
    {
        lock (_timer)
        {
            if (!_stopped)
                _renewal = RenewAsync();
        }
    }

    private async Task RenewAsync()
    {
        try
        {
            var receipt = await _transport.UpdateVisibilityAsync(_queue, _item.Id, PopReceipt, Length, _cancellation).ConfigureAwait(false);
            if (receipt is null)
            {
                _log.LogWarning("Queue {Queue}: the lease of message {Id} is lost; it may run twice.", _queue, _item.Id);
                return;
            }

            PopReceipt = receipt;
            Again(Length / 2);
        }
        catch (Exception e)
        {
            _log.LogWarning(e, "Queue {Queue}: the lease of message {Id} could not be renewed; trying again.", _queue, _item.Id);
            Again(RetryAfter);
        }
    }

    private void Again(TimeSpan after)
    {
        lock (_timer)
        {
            if (!_stopped)
                _timer.Change(after, Timeout.InfiniteTimeSpan);
        }
    }
}
