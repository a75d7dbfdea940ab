namespace Niche.Triggers.Queues;

/// <summary>A message that could not be processed.</summary>
/// <param name="Function">The function that failed on it.</param>
/// <param name="Queue">The queue it came from.</param>
/// <param name="PoisonQueue">The queue it was copied to.</param>
/// <param name="Item">The message as received.</param>
/// <param name="Reason">Why, in one line.</param>
/// <param name="Exception">The last failure, when the function ran.</param>
/// <param name="PoisonedOn">When.</param>
public sealed record PoisonedMessage(
    string Function,
    string Queue,
    string PoisonQueue,
    QueueItem Item,
    string Reason,
    Exception? Exception,
    DateTimeOffset PoisonedOn);
