namespace Niche.Bots.Discord.Interactions;

/// <summary>A modal that was sent.</summary>
/// <param name="CustomId">The id that we gave it, or that somebody forged.</param>
/// <param name="Fields">What was entered, by the field's id; choices are joined by commas.</param>
/// <param name="Attachments">Files that were uploaded with it.</param>
public sealed record DiscordForm(string CustomId, IReadOnlyDictionary<string, string> Fields, IReadOnlyList<DiscordAttachment> Attachments);
