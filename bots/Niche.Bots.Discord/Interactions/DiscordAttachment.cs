namespace Niche.Bots.Discord.Interactions;

/// <summary>A file that somebody sent, or a picture that a message shows. Its address is signed and expires: fetch, do not keep.</summary>
/// <param name="Id">Snowflake.</param>
/// <param name="FileName">Name; text of a stranger.</param>
/// <param name="ContentType">What Discord takes it for; null when it does not say.</param>
/// <param name="Bytes">Size.</param>
/// <param name="Url">Where it lies.</param>
/// <param name="Width">Pixels; null when it is no picture.</param>
/// <param name="Height">Pixels; null when it is no picture.</param>
public sealed record DiscordAttachment(ulong Id, string FileName, string? ContentType, long Bytes, string Url, int? Width, int? Height);
