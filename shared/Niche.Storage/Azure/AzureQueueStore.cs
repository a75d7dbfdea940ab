using System.Collections.Concurrent;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace Niche.Storage.Azure;

/// <summary>Queues of an Azure storage account; bodies travel as they are (message encoding none).</summary>
internal sealed class AzureQueueStore(QueueServiceClient service) : IQueueStore
{
    private static readonly TimeSpan s_forever = TimeSpan.FromSeconds(-1);

    private readonly ConcurrentDictionary<string, QueueClient> _clients = new(StringComparer.Ordinal);
    private readonly Arrivals _arrivals = new();

    public Task CreateAsync(string queue, CancellationToken ct)
    {
        var client = Client(queue);
        return AzureErrors.GuardAsync($"queue '{queue}'", () => client.CreateIfNotExistsAsync(cancellationToken: ct));
    }

    public async Task<QueueReceipt> PutAsync(string queue, string body, TimeSpan? delay, TimeSpan? timeToLive, CancellationToken ct)
    {
        StorageLimits.CheckPut(body, delay, timeToLive);
        var hidden = delay is { } d ? WholeSeconds(d) : (TimeSpan?)null;
        var life = timeToLive is { } t ? WholeSeconds(t) : s_forever;
        if (hidden >= life && life > TimeSpan.Zero)
            life = hidden.Value + TimeSpan.FromSeconds(1);

        SendReceipt receipt = await RunAsync(queue, c => c.SendMessageAsync(body, hidden, life, ct), ct).ConfigureAwait(false);
        if (delay is null || delay == TimeSpan.Zero)
            _arrivals.Announce(queue);
        return new(receipt.MessageId, receipt.PopReceipt);
    }

    public async Task<IReadOnlyList<QueueItem>> ReceiveAsync(string queue, int max, TimeSpan visibility, CancellationToken ct)
    {
        StorageLimits.CheckMax(max);
        StorageLimits.CheckReceiveVisibility(visibility);
        QueueMessage[] messages = await RunAsync(queue, c => c.ReceiveMessagesAsync(max, WholeSeconds(visibility), ct), ct).ConfigureAwait(false);
        return Array.ConvertAll(messages, m => new QueueItem(m.MessageId, m.PopReceipt, m.Body.ToString(), m.DequeueCount, m.InsertedOn ?? default));
    }

    public async Task<string?> RenewAsync(string queue, string id, string popReceipt, TimeSpan visibility, CancellationToken ct)
    {
        StorageLimits.CheckRenewVisibility(visibility);
        if (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(popReceipt))
            return null;
        var receipt = await RunAsync(
            queue,
            async c =>
            {
                try
                {
                    UpdateReceipt renewed = await c.UpdateMessageAsync(id, popReceipt, (string?)null, WholeSeconds(visibility), ct).ConfigureAwait(false);
                    return renewed.PopReceipt;
                }
                catch (RequestFailedException e) when (IsLost(e))
                {
                    return null;
                }
            },
            ct).ConfigureAwait(false);
        if (receipt is not null && visibility == TimeSpan.Zero)
            _arrivals.Announce(queue);
        return receipt;
    }

    public Task<bool> DeleteAsync(string queue, string id, string popReceipt, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(popReceipt))
        {
            StorageNames.CheckQueue(queue);
            return Task.FromResult(false);
        }

        return RunAsync(
            queue,
            async c =>
            {
                try
                {
                    await c.DeleteMessageAsync(id, popReceipt, ct).ConfigureAwait(false);
                    return true;
                }
                catch (RequestFailedException e) when (IsLost(e))
                {
                    return false;
                }
            },
            ct);
    }

    public async Task<long> CountAsync(string queue, CancellationToken ct)
    {
        QueueProperties properties = await RunAsync(queue, c => c.GetPropertiesAsync(ct), ct).ConfigureAwait(false);
        return properties.ApproximateMessagesCountLong;
    }

    public async Task<IReadOnlyList<QueueItem>> PeekAsync(string queue, int max, CancellationToken ct)
    {
        StorageLimits.CheckMax(max);
        PeekedMessage[] messages = await RunAsync(queue, c => c.PeekMessagesAsync(max, ct), ct).ConfigureAwait(false);
        return Array.ConvertAll(messages, m => new QueueItem(m.MessageId, "", m.Body.ToString(), m.DequeueCount, m.InsertedOn ?? default));
    }

    public IDisposable OnArrival(string queue, Action callback) => _arrivals.Subscribe(queue, callback);

    private Task<T> RunAsync<T>(string queue, Func<QueueClient, Task<T>> call, CancellationToken ct)
    {
        var client = Client(queue);
        return AzureErrors.CreatingAsync(
            $"queue '{queue}'", QueueErrorCode.QueueNotFound.ToString(), () => client.CreateIfNotExistsAsync(cancellationToken: ct), () => call(client));
    }

    private Task<T> RunAsync<T>(string queue, Func<QueueClient, Task<Response<T>>> call, CancellationToken ct) =>
        RunAsync<T>(queue, async c => (await call(c).ConfigureAwait(false)).Value, ct);

    private QueueClient Client(string queue)
    {
        StorageNames.CheckQueue(queue);
        return _clients.GetOrAdd(queue, static (name, s) => s.GetQueueClient(name), service);
    }

    // Gone, or somebody else's now. A malformed receipt (InvalidQueryParameterValue) cannot be anybody's.
    private static bool IsLost(RequestFailedException e) =>
        e.ErrorCode == QueueErrorCode.MessageNotFound
        || e.ErrorCode == QueueErrorCode.PopReceiptMismatch
        || e.ErrorCode == QueueErrorCode.InvalidQueryParameterValue;

    private static TimeSpan WholeSeconds(TimeSpan span) => TimeSpan.FromSeconds(Math.Ceiling(span.TotalSeconds));
}
