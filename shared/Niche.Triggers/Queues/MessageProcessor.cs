using Microsoft.Extensions.Logging;
using Niche.Triggers.Binding;
using Niche.Triggers.Execution;
using Niche.Triggers.Hosting;

namespace Niche.Triggers.Queues;

/// <summary>Takes one received message to its end: deleted, released for another try, or moved to the poison queue.</summary>
internal sealed class MessageProcessor(
    FunctionDescriptor function,
    string queue,
    IQueueTransport transport,
    FunctionExecutor executor,
    PoisonQueue poison,
    QueueSettings settings,
    TimeProvider time,
    ILogger log)
{
    private readonly bool _isPoisonQueue = QueueNames.IsPoison(queue);

    /// <param name="item">The message.</param>
    /// <param name="deadline">Cancels the function at the shutdown deadline.</param>
    public async Task ProcessAsync(QueueItem item, CancellationToken deadline)
    {
        if (item.DequeueCount > settings.MaxDequeueCount && !_isPoisonQueue)
        {
            var reason = $"received {item.DequeueCount} times, more than maxDequeueCount ({settings.MaxDequeueCount}), without an end";
            await poison.MoveAsync(item, item.PopReceipt, reason, null).ConfigureAwait(false);
            return;
        }

        if (!settings.MessageEncoding.TryDecode(item.Body, out var message))
        {
            await DiscardUndecodableAsync(item).ConfigureAwait(false);
            return;
        }

        var (failure, receipt) = await RunAsync(item, message, deadline).ConfigureAwait(false);
        if (failure is not null)
            await FailAsync(item, receipt, failure).ConfigureAwait(false);
        else if (!await transport.DeleteAsync(queue, item.Id, receipt, CancellationToken.None).ConfigureAwait(false))
            log.LogDebug("Queue {Queue}: message {Id} was already gone or received again.", queue, item.Id);
    }

    private async ValueTask<(Exception? Failure, string Receipt)> RunAsync(QueueItem item, ReadOnlyMemory<byte> message, CancellationToken deadline)
    {
        Exception? failure = null;
        var lease = new MessageLease(transport, queue, item, time, log, CancellationToken.None);
        await using (lease.ConfigureAwait(false))
        {
            try
            {
                await executor.RunAsync(function, item, message, deadline).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                failure = e;
            }
        }

        return (failure, lease.PopReceipt);
    }

    private async ValueTask FailAsync(QueueItem item, string receipt, Exception failure)
    {
        log.LogError(failure, "Function {Function} failed on message {Id}, try {Try} of {Max}.",
            function.Name, item.Id, item.DequeueCount, settings.MaxDequeueCount);

        // A failed message of a poison queue has nowhere to go; left invisible, it does not come back in a tight loop.
        if (_isPoisonQueue)
            return;
        if (item.DequeueCount >= settings.MaxDequeueCount)
        {
            var reason = $"failed {item.DequeueCount} times, at last with {failure.GetType().Name}: {failure.Message}";
            await poison.MoveAsync(item, receipt, reason, failure).ConfigureAwait(false);
        }
        else
        {
            await transport.UpdateVisibilityAsync(queue, item.Id, receipt, settings.VisibilityTimeout, CancellationToken.None)
                .ConfigureAwait(false);
        }
    }

    private async ValueTask DiscardUndecodableAsync(QueueItem item)
    {
        if (_isPoisonQueue)
            log.LogError("Queue {Queue}: message {Id} is not what messageEncoding promises.", queue, item.Id);
        else
            await poison.MoveAsync(item, item.PopReceipt, $"the text is not valid {(settings.MessageEncoding == MessageEncoding.None ? "UTF-8" : "base64")} (messageEncoding of host.json)", null)
                .ConfigureAwait(false);
    }
}
