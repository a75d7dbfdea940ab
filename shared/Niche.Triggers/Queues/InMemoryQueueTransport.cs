using System.Collections.Concurrent;

namespace Niche.Triggers.Queues;

/// <summary>Queues in this process's memory, lost with it, with the same leases, pop receipts and dequeue counts as a storage
/// account.</summary>
/// <param name="time">The clock of all delays, leases and expiries.</param>
public sealed class InMemoryQueueTransport(TimeProvider time) : IQueueTransport
{
    private readonly ConcurrentDictionary<string, InMemoryQueue> _queues = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask CreateIfNotExistsAsync(string queue, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Open(queue);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask PutAsync(
        string queue, ReadOnlyMemory<byte> body, TimeSpan visibilityDelay, TimeSpan? timeToLive, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (body.Length > QueueMessageTooLargeException.MaxBytes)
            throw new QueueMessageTooLargeException(queue, body.Length);
        CheckVisibility(visibilityDelay);
        if (timeToLive is { } ttl)
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ttl, visibilityDelay, nameof(timeToLive));
        Open(queue).Put(body.ToArray(), visibilityDelay, timeToLive);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<QueueItem>> ReceiveAsync(
        string queue, int max, TimeSpan visibility, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, 32);
        ArgumentOutOfRangeException.ThrowIfLessThan(visibility, TimeSpan.FromSeconds(1));
        CheckVisibility(visibility);
        return new(_queues.TryGetValue(queue, out var found) ? found.Receive(max, visibility) : []);
    }

    /// <inheritdoc/>
    public ValueTask<string?> UpdateVisibilityAsync(
        string queue, string id, string popReceipt, TimeSpan visibility, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        CheckVisibility(visibility);
        return new(_queues.TryGetValue(queue, out var found) ? found.UpdateVisibility(id, popReceipt, visibility) : null);
    }

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(string queue, string id, string popReceipt, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(_queues.TryGetValue(queue, out var found) && found.Delete(id, popReceipt));
    }

    /// <inheritdoc/>
    public ValueTask<long> ApproximateCountAsync(string queue, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(_queues.TryGetValue(queue, out var found) ? found.Count() : 0);
    }

    /// <inheritdoc/>
    public IDisposable SubscribeArrivals(string queue, Action arrived)
    {
        ArgumentNullException.ThrowIfNull(arrived);
        return Open(queue).Subscribe(arrived);
    }

    private static void CheckVisibility(TimeSpan visibility)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(visibility, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(visibility, TimeSpan.FromDays(7));
    }

    private InMemoryQueue Open(string queue)
    {
        if (_queues.TryGetValue(queue, out var found))
            return found;
        return QueueNames.Problem(queue) is { } problem
            ? throw new ArgumentException(problem, nameof(queue))
            : _queues.GetOrAdd(queue, static (_, clock) => new InMemoryQueue(clock), time);
    }
}
