namespace Niche.Triggers.Queues;

/// <summary>A received message.</summary>
/// <param name="Id">Unique in its queue.</param>
/// <param name="PopReceipt">Proof of this receive, for update and delete.</param>
/// <param name="DequeueCount">How often it has been received, this time included; 1 or more.</param>
/// <param name="InsertedOn">When it was put.</param>
/// <param name="ExpiresOn">When it expires; <see cref="DateTimeOffset.MaxValue"/> for never.</param>
/// <param name="NextVisibleOn">When this receive's lease ends.</param>
/// <param name="Body">UTF-8 text as it stands in the queue.</param>
public sealed record QueueItem(
    string Id,
    string PopReceipt,
    long DequeueCount,
    DateTimeOffset InsertedOn,
    DateTimeOffset ExpiresOn,
    DateTimeOffset NextVisibleOn,
    ReadOnlyMemory<byte> Body);
