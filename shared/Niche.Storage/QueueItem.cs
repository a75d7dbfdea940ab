namespace Niche.Storage;

/// <summary>A message taken from a queue.</summary>
/// <param name="Id">Message id, unique within its queue.</param>
/// <param name="PopReceipt">Needed to renew or delete; void after the next receive or renewal. Empty when peeked.</param>
/// <param name="Body">The text as it was put.</param>
/// <param name="DequeueCount">How often the message was received, this time included.</param>
/// <param name="InsertedOn">When it was put.</param>
public sealed record QueueItem(string Id, string PopReceipt, string Body, long DequeueCount, DateTimeOffset InsertedOn);
