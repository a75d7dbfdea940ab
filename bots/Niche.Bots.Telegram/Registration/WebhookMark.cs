namespace Niche.Bots.Telegram.Registration;

/// <summary>What the webhook was last set to; Telegram does not tell the secret.</summary>
/// <param name="Digest">SHA-256 of address and secret.</param>
public sealed record WebhookMark(string Digest);
