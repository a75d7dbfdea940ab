namespace Niche.TelegramStandIn.Updates;

/// <summary>Where updates go.</summary>
/// <param name="Url">Address of the bot.</param>
/// <param name="Secret">Token that every request carries; null for none.</param>
/// <param name="Connections">Requests at once, 1 to 100.</param>
/// <param name="Kinds">Updates that the bot wants; null for the usual ones.</param>
public sealed record WebhookTarget(Uri Url, string? Secret, int Connections, IReadOnlyList<string>? Kinds);
