namespace Niche.Bots.Discord.Interactions;

/// <summary>What the HTTP address answers.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Json">Body; empty without.</param>
public sealed record InteractionReply(int Status, ReadOnlyMemory<byte> Json);
