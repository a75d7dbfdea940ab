namespace Niche.Bots.Discord.Interactions;

/// <summary>An option of a command. One of the values is set; while a number is still being typed it comes as text.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">Value of a text option, and of any whose value is a snowflake.</param>
/// <param name="Number">Value of an integer (up to 2^53) or number option.</param>
/// <param name="Flag">Value of a yes-or-no option.</param>
/// <param name="Attachment">The file of an attachment option.</param>
/// <param name="Focused">True for the option being typed.</param>
public sealed record DiscordOption(string Name, string? Text, double? Number, bool? Flag, DiscordAttachment? Attachment, bool Focused);
