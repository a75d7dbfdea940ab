namespace Niche.Bots.Discord.Interactions;

/// <summary>A message that an interaction is about.</summary>
/// <param name="Id">Snowflake.</param>
/// <param name="ChannelId">Where it stands.</param>
/// <param name="AuthorId">Who wrote it.</param>
/// <param name="ApplicationId">The app that wrote it; null for people.</param>
/// <param name="Text">Its text; of a stranger.</param>
/// <param name="Attachments">Files and pictures in it.</param>
/// <param name="CustomIds">Ids of its buttons, which say what it is when we wrote it.</param>
/// <param name="IsEphemeral">Only its reader sees it.</param>
public sealed record DiscordMessage(
    ulong Id, ulong ChannelId, ulong AuthorId, ulong? ApplicationId, string Text, IReadOnlyList<DiscordAttachment> Attachments,
    IReadOnlyList<string> CustomIds, bool IsEphemeral);
