using System.Globalization;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Niche.FunctionsHost.Protocol;

namespace Niche.FunctionsHost.Triggers;

/// <summary>Takes messages of one queue to one function, with the numbers of host.json: batches, hiding, five tries, then the poison queue.</summary>
internal sealed class QueuePump(Worker worker, HostedFunction function, QueueServiceClient service, TimeSpan retryAfter)
{
    private const int BatchSize = 16, MaxDequeueCount = 5;
    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(10), Poll = TimeSpan.FromMilliseconds(200);

    public async Task RunAsync(CancellationToken ct)
    {
        string name = (string)function.Trigger["queueName"]!;
        QueueClient queue = service.GetQueueClient(name);
        await queue.CreateIfNotExistsAsync(cancellationToken: ct);
        while (!ct.IsCancellationRequested)
        {
            QueueMessage[] messages = await queue.ReceiveMessagesAsync(BatchSize, Hidden, ct);
            if (messages.Length == 0) await Task.Delay(Poll, ct);
            await Task.WhenAll(messages.Select(message => HandleAsync(queue, message, ct)));
        }
    }

    private async Task HandleAsync(QueueClient queue, QueueMessage message, CancellationToken ct)
    {
        Dictionary<string, string> metadata = new()
        {
            ["Id"] = message.MessageId, ["PopReceipt"] = message.PopReceipt,
            ["DequeueCount"] = message.DequeueCount.ToString(CultureInfo.InvariantCulture), ["QueueTrigger"] = message.Body.ToString(),
        };
        string who = $"{DateTime.UtcNow:HH:mm:ss.f} {queue.Name} {message.MessageId[..6]} {message.DequeueCount} {message.Body}";
        lock (typeof(QueuePump)) File.AppendAllText("/tmp/trace.q", who + " begin\n");
        try
        {
            await worker.InvokeAsync(Guid.NewGuid().ToString(), function, new Value { String = message.Body.ToString() }, metadata, ct);
        }
        catch (Exception e) when (e is InvalidOperationException or WorkerGoneException)
        {
            if (message.DequeueCount < MaxDequeueCount)
            {
                await queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, message.Body, retryAfter, CancellationToken.None);
                return;
            }

            QueueClient poison = service.GetQueueClient(queue.Name + "-poison");
            await poison.CreateIfNotExistsAsync(cancellationToken: ct);
            await poison.SendMessageAsync(message.Body, cancellationToken: ct);
        }

        lock (typeof(QueuePump)) File.AppendAllText("/tmp/trace.q", $"{who} end {DateTime.UtcNow:HH:mm:ss.f}\n");
        await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, ct);
    }
}
