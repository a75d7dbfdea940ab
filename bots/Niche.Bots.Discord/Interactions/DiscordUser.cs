namespace Niche.Bots.Discord.Interactions;

/// <summary>Who acts.</summary>
/// <param name="Id">Snowflake.</param>
/// <param name="Name">The name that is shown; text of a stranger.</param>
/// <param name="IsBot">True for programs.</param>
public sealed record DiscordUser(ulong Id, string Name, bool IsBot);
