using Microsoft.Extensions.Logging;
using Niche.Triggers.Hosting;

namespace Niche.Triggers.Queues;

/// <summary>Polls one queue for one function and keeps up to batchSize + newBatchThreshold of its messages running.</summary>
internal sealed class QueuePump(
    string queue, IQueueTransport transport, Func<QueueItem, CancellationToken, Task> process, QueueSettings settings, PollBackoff backoff,
    TimeProvider time, ILogger log)
{
    private readonly AsyncSignal _wake = new();
    private readonly AsyncSignal _room = new();
    private int _inFlight;

    /// <summary>Polls until <paramref name="stopping"/>, then returns once every message in flight has ended; <paramref name="deadline"/>
    /// cancels those that remain.</summary>
    public async Task RunAsync(CancellationToken stopping, CancellationToken deadline)
    {
        using var arrivals = transport.SubscribeArrivals(queue, _wake.Set);
        var created = false;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (!created)
                    await transport.CreateIfNotExistsAsync(queue, deadline).ConfigureAwait(false);
                created = true;

                // Not cancelled by stopping: a receive cut short on the wire would hide its messages for a whole lease.
                var items = await transport.ReceiveAsync(queue, settings.BatchSize, MessageLease.Length, deadline).ConfigureAwait(false);
                if (items.Count > 0)
                {
                    backoff.Reset();
                    await StartAsync(items, stopping, deadline).ConfigureAwait(false);
                    await WaitAsync(settings.NewBatchThreshold, stopping).ConfigureAwait(false);
                    continue;
                }
            }
            catch (OperationCanceledException) when (deadline.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                log.LogError(e, "Queue {Queue} cannot be polled; trying again.", queue);
            }

            await _wake.WaitAsync(backoff.Next(), time, stopping).ConfigureAwait(false);
        }

        await WaitAsync(0, CancellationToken.None).ConfigureAwait(false);
    }

    private async ValueTask StartAsync(IReadOnlyList<QueueItem> items, CancellationToken stopping, CancellationToken deadline)
    {
        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i];
            if (stopping.IsCancellationRequested)
            {
                await transport.UpdateVisibilityAsync(queue, item.Id, item.PopReceipt, TimeSpan.Zero, deadline).ConfigureAwait(false);
                continue;
            }

            Interlocked.Increment(ref _inFlight);
            _ = Task.Run(() => ProcessAsync(item, deadline), CancellationToken.None);
        }
    }

    private async Task ProcessAsync(QueueItem item, CancellationToken deadline)
    {
        try
        {
            await process(item, deadline).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            log.LogError(e, "Queue {Queue}: message {Id} could not be settled; it comes back when its lease ends.", queue, item.Id);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
            _room.Set();
        }
    }

    private async Task WaitAsync(int threshold, CancellationToken stopping)
    {
        while (Volatile.Read(ref _inFlight) > threshold && !stopping.IsCancellationRequested)
            await _room.WaitAsync(Timeout.InfiniteTimeSpan, time, stopping).ConfigureAwait(false);
    }
}
