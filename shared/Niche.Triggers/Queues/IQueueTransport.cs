namespace Niche.Triggers.Queues;

/// <summary>Queues as the engine sees them, with the semantics of Azure Storage Queues: at-least-once delivery, leases by
/// invisibility, a pop receipt that changes at every receive and update, a dequeue count. Implementations are safe for
/// concurrent use and throw on trouble with the store itself; the engine backs off and tries again.</summary>
public interface IQueueTransport
{
    /// <summary>Creates a queue unless it exists.</summary>
    ValueTask CreateIfNotExistsAsync(string queue, CancellationToken cancellationToken);

    /// <summary>Adds a message, creating the queue when absent.</summary>
    /// <param name="queue">Queue name: 3 to 63 characters of a-z, 0-9 and single hyphens.</param>
    /// <param name="body">UTF-8 text as it shall stand in the queue, 65,536 bytes at most. Not kept after the call returns.</param>
    /// <param name="visibilityDelay">Zero, or how long nobody may receive it; 7 days at most.</param>
    /// <param name="timeToLive">When the message expires; null means never.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="QueueMessageTooLargeException">The body is longer than allowed.</exception>
    ValueTask PutAsync(string queue, ReadOnlyMemory<byte> body, TimeSpan visibilityDelay, TimeSpan? timeToLive,
        CancellationToken cancellationToken);

    /// <summary>Takes up to <paramref name="max"/> visible messages (1 to 32), hides each for <paramref name="visibility"/> and adds
    /// one to its dequeue count. An absent queue gives none.</summary>
    ValueTask<IReadOnlyList<QueueItem>> ReceiveAsync(string queue, int max, TimeSpan visibility, CancellationToken cancellationToken);

    /// <summary>Hides a message for <paramref name="visibility"/> from now (zero shows it at once).</summary>
    /// <returns>The new pop receipt, or null when the message is gone or somebody else has received it since.</returns>
    ValueTask<string?> UpdateVisibilityAsync(string queue, string id, string popReceipt, TimeSpan visibility,
        CancellationToken cancellationToken);

    /// <summary>Deletes a message.</summary>
    /// <returns>False when the message is gone or somebody else has received it since.</returns>
    ValueTask<bool> DeleteAsync(string queue, string id, string popReceipt, CancellationToken cancellationToken);

    /// <summary>About how many messages the queue holds, invisible ones included; 0 for an absent queue.</summary>
    ValueTask<long> ApproximateCountAsync(string queue, CancellationToken cancellationToken);

    /// <summary>Asks for a call of <paramref name="arrived"/> after each immediately visible put made by this process, so that the
    /// poller need not wait out its back-off. Optional: null means that the transport cannot tell.</summary>
    /// <returns>Dispose to stop the calls.</returns>
    IDisposable? SubscribeArrivals(string queue, Action arrived) => null;
}
