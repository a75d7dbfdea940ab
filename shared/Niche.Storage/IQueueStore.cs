namespace Niche.Storage;

/// <summary>
/// Named message queues with the semantics of Azure Queue storage: at-least-once delivery, visibility timeouts, pop receipts, dequeue counts.
/// Every method accepts a queue that does not exist yet: it is created on first use.
/// Errors: <see cref="StorageException"/>.
/// </summary>
public interface IQueueStore
{
    /// <summary>Longest message body in UTF-8 bytes.</summary>
    const int MaxBodyBytes = 64 * 1024;

    /// <summary>Most messages that one <see cref="ReceiveAsync"/> or <see cref="PeekAsync"/> returns.</summary>
    const int MaxBatch = 32;

    /// <summary>Creates the queue; does nothing when it exists.</summary>
    Task CreateAsync(string queue, CancellationToken ct);

    /// <summary>Adds a message; when the task completes the message is stored.</summary>
    /// <param name="queue">Queue name, Azure's rules.</param>
    /// <param name="body">1 byte to <see cref="MaxBodyBytes"/> of UTF-8, characters that XML 1.0 allows and no carriage return.</param>
    /// <param name="delay">How long the message stays invisible, 0 to 7 days; null means none. Whole seconds on Azure, rounded up.</param>
    /// <param name="timeToLive">When the message is dropped unread, longer than <paramref name="delay"/>; null means never.</param>
    /// <param name="ct">Cancels waiting; the message may have been stored all the same.</param>
    /// <returns>The id, and a pop receipt with which the sender can hide (<see cref="RenewAsync"/>) or delete the message it runs itself.</returns>
    Task<QueueReceipt> PutAsync(string queue, string body, TimeSpan? delay, TimeSpan? timeToLive, CancellationToken ct);

    /// <summary>Takes up to <paramref name="max"/> (1 to 32) visible messages, hides them for <paramref name="visibility"/> (1 s to 7 days).</summary>
    Task<IReadOnlyList<QueueItem>> ReceiveAsync(string queue, int max, TimeSpan visibility, CancellationToken ct);

    /// <summary>Hides a message for another <paramref name="visibility"/> (0 to 7 days; 0 gives it back at once).</summary>
    /// <returns>The new pop receipt (the old one is void), or null when the message was deleted or taken by somebody else.</returns>
    Task<string?> RenewAsync(string queue, string id, string popReceipt, TimeSpan visibility, CancellationToken ct);

    /// <summary>Deletes a message; false when it is gone or was taken by somebody else.</summary>
    Task<bool> DeleteAsync(string queue, string id, string popReceipt, CancellationToken ct);

    /// <summary>Number of messages, hidden ones included; approximate on Azure.</summary>
    Task<long> CountAsync(string queue, CancellationToken ct);

    /// <summary>Looks at up to <paramref name="max"/> (1 to 32) visible messages without taking them; their pop receipts are empty.</summary>
    Task<IReadOnlyList<QueueItem>> PeekAsync(string queue, int max, CancellationToken ct);

    /// <summary>
    /// Calls <paramref name="callback"/> each time this process makes a message visible in the queue (a put without delay, a give-back), so that
    /// a pump need not poll. The callback must be quick and must not throw. A delayed message and one put by another process make no call.
    /// </summary>
    /// <returns>Ends the subscription when disposed.</returns>
    IDisposable OnArrival(string queue, Action callback);
}
