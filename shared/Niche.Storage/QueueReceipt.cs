namespace Niche.Storage;

/// <summary>Proof of a stored message: what is needed to hide or delete it.</summary>
/// <param name="Id">Message id, unique within its queue.</param>
/// <param name="PopReceipt">Valid until the message is received or renewed.</param>
public sealed record QueueReceipt(string Id, string PopReceipt);
