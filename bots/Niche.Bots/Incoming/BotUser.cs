namespace Niche.Bots.Incoming;

/// <summary>A person on a platform.</summary>
/// <param name="Id">The platform's own id, stable for ever; 1 to 64 characters.</param>
/// <param name="Name">What people call them: unchecked text of a stranger.</param>
/// <param name="Locale">The language tag that the platform reports, such as <c>de</c> or <c>pt-BR</c>; null when it reports none.</param>
/// <param name="ManagesChannel">
/// May change settings of the channel (Discord: manage guild or channels; Telegram: administrator). Null when the event does not say: then
/// <see cref="Platforms.IChatPlatform.ManagesAsync"/> is asked.
/// </param>
/// <param name="IsBot">A program: its events are ignored.</param>
public sealed record BotUser(string Id, string Name, string? Locale = null, bool? ManagesChannel = null, bool IsBot = false);
