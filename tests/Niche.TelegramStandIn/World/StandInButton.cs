namespace Niche.TelegramStandIn.World;

/// <summary>An inline button.</summary>
/// <param name="Text">What is on it.</param>
/// <param name="Data">What the bot gets when it is pressed; null for other kinds of buttons.</param>
/// <param name="Url">The address that it opens.</param>
public sealed record StandInButton(string Text, string? Data, string? Url);
