namespace Niche.Bots.Discord.Interactions;

/// <summary>A command as it was sent or is being typed.</summary>
/// <param name="Name">Its name; of a message command the words that the menu shows.</param>
/// <param name="Subcommand">The subcommand, "group sub" when grouped; null without.</param>
/// <param name="Options">Options that were given.</param>
/// <param name="Target">The message that a message command was used on.</param>
public sealed record DiscordCommand(string Name, string? Subcommand, IReadOnlyList<DiscordOption> Options, DiscordMessage? Target);
