namespace Niche.Triggers.Queues;

/// <summary>Told of every message that goes to a poison queue, so that the application can keep the reason beside it: the poison
/// queue itself holds the body only, as in Azure. Called after the copy is stored and before the original is deleted, so at least
/// once; a failing sink is logged and does not keep the message.</summary>
public interface IPoisonSink
{
    /// <summary>Takes note of one poisoned message.</summary>
    ValueTask RecordAsync(PoisonedMessage message, CancellationToken cancellationToken);
}
