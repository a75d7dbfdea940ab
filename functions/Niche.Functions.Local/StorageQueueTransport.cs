using System.Text;
using Niche.Storage;
using Niche.Triggers.Queues;
using QueueItem = Niche.Triggers.Queues.QueueItem;

namespace Niche.Functions.Local;

/// <summary>The trigger engine on the application's own queues.</summary>
public sealed class StorageQueueTransport(IQueueStore queues, TimeProvider time) : IQueueTransport
{
    /// <inheritdoc/>
    public async ValueTask CreateIfNotExistsAsync(string queue, CancellationToken cancellationToken) => await queues.CreateAsync(queue, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask PutAsync(
        string queue, ReadOnlyMemory<byte> body, TimeSpan visibilityDelay, TimeSpan? timeToLive, CancellationToken cancellationToken)
    {
        if (body.Length > QueueMessageTooLargeException.MaxBytes) throw new QueueMessageTooLargeException(queue, body.Length);
        TimeSpan? delay = visibilityDelay == TimeSpan.Zero ? null : visibilityDelay;
        await queues.PutAsync(queue, Encoding.UTF8.GetString(body.Span), delay, timeToLive, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<QueueItem>> ReceiveAsync(string queue, int max, TimeSpan visibility, CancellationToken cancellationToken)
    {
        IReadOnlyList<Storage.QueueItem> items = await queues.ReceiveAsync(queue, max, visibility, cancellationToken);
        DateTimeOffset visible = time.GetUtcNow() + visibility;
        return [.. items.Select(item => new QueueItem(
            item.Id, item.PopReceipt, item.DequeueCount, item.InsertedOn, DateTimeOffset.MaxValue, visible, Encoding.UTF8.GetBytes(item.Body)))];
    }

    /// <inheritdoc/>
    public async ValueTask<string?> UpdateVisibilityAsync(
        string queue, string id, string popReceipt, TimeSpan visibility, CancellationToken cancellationToken) =>
        await queues.RenewAsync(queue, id, popReceipt, visibility, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<bool> DeleteAsync(string queue, string id, string popReceipt, CancellationToken cancellationToken) =>
        await queues.DeleteAsync(queue, id, popReceipt, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<long> ApproximateCountAsync(string queue, CancellationToken cancellationToken) => await queues.CountAsync(queue, cancellationToken);

    /// <inheritdoc/>
    public IDisposable? SubscribeArrivals(string queue, Action arrived) => queues.OnArrival(queue, arrived);
}
