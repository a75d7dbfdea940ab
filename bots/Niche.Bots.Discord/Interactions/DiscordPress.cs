namespace Niche.Bots.Discord.Interactions;

/// <summary>A button that was pressed, or a choice that was made.</summary>
/// <param name="CustomId">The id that we gave it, or that somebody forged.</param>
/// <param name="Values">What was chosen; empty for buttons.</param>
public sealed record DiscordPress(string CustomId, IReadOnlyList<string> Values);
