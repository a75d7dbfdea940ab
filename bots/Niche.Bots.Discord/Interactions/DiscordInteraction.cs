namespace Niche.Bots.Discord.Interactions;

/// <summary>What a user did, as Discord tells it. Source: discord-api-docs, Receiving and Responding.</summary>
/// <param name="Id">Snowflake, unique.</param>
/// <param name="ApplicationId">The application that it is for.</param>
/// <param name="Kind">What was done.</param>
/// <param name="Token">Secret that answers it: first answer within 3 s, others within 15 minutes.</param>
/// <param name="User">Who did it; null for a ping only.</param>
/// <param name="GuildId">The server; null in private chats.</param>
/// <param name="ChannelId">The channel; null for a ping only.</param>
/// <param name="ParentId">The channel that a thread belongs to; null when the channel is no thread.</param>
/// <param name="IsPrivate">Nobody but the user and the app reads there.</param>
/// <param name="ChannelIsNsfw">The channel is age-gated.</param>
/// <param name="Locale">The user's language, such as "pt-BR".</param>
/// <param name="MemberPermissions">Permission bits of the user here.</param>
/// <param name="AppPermissions">Permission bits of the app here.</param>
/// <param name="AttachmentLimit">Largest file that may be sent here, bytes.</param>
/// <param name="Command">Set for commands and autocompletion.</param>
/// <param name="Press">Set for components.</param>
/// <param name="Form">Set for modals.</param>
/// <param name="Message">The message whose component or modal it was.</param>
public sealed record DiscordInteraction(
    ulong Id, ulong ApplicationId, InteractionKind Kind, string Token, DiscordUser? User, ulong? GuildId, ulong? ChannelId, ulong? ParentId, bool IsPrivate,
    bool ChannelIsNsfw, string Locale, ulong MemberPermissions, ulong AppPermissions, long AttachmentLimit,
    DiscordCommand? Command, DiscordPress? Press, DiscordForm? Form, DiscordMessage? Message);
