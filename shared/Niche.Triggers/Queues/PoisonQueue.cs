using Microsoft.Extensions.Logging;
using Niche.Triggers.Binding;
using Niche.Triggers.Execution;

namespace Niche.Triggers.Queues;

/// <summary>Moves messages that cannot succeed to <c>{queue}-poison</c>. Copy first, delete last: a crash between leaves two, never none.</summary>
internal sealed class PoisonQueue(
    FunctionDescriptor function, string queue, IQueueTransport transport, IPoisonSink? sink, TriggerTelemetry telemetry, TimeProvider time, ILogger log)
{
    private const int MaxReason = 500;

    public async ValueTask MoveAsync(QueueItem item, string receipt, string reason, Exception? failure)
    {
        var target = queue + QueueNames.PoisonSuffix;
        await transport.CreateIfNotExistsAsync(target, CancellationToken.None).ConfigureAwait(false);
        await transport.PutAsync(target, item.Body, TimeSpan.Zero, OutputWriter.TimeToLive, CancellationToken.None).ConfigureAwait(false);
        function.Counters.Poisoned();
        telemetry.Poisoned(function);
        var line = OneLine(reason);
        log.LogError("Message {Id} of {Function} moved to {PoisonQueue}: {Reason}", item.Id, function.Name, target, line);
        await TellAsync(new PoisonedMessage(function.Name, queue, target, item, line, failure, time.GetUtcNow())).ConfigureAwait(false);
        await transport.DeleteAsync(queue, item.Id, receipt, CancellationToken.None).ConfigureAwait(false);
    }

    private static string OneLine(string reason)
    {
        var line = reason.ReplaceLineEndings(" ");
        return line.Length <= MaxReason ? line : line[..MaxReason];
    }

    private async ValueTask TellAsync(PoisonedMessage message)
    {
        if (sink is null)
            return;
        try
        {
            await sink.RecordAsync(message, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            log.LogError(e, "The reason of poisoned message {Id} could not be recorded.", message.Item.Id);
        }
    }
}
