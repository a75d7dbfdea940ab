namespace Niche.Bots.Incoming;

/// <summary>A file that a person sent, by reference; <see cref="Platforms.IChatPlatform.DownloadAsync"/> fetches it.</summary>
/// <param name="Reference">Address or file id; means something to its platform only.</param>
/// <param name="FileName">As the person named it: hostile text, shown never and used as a path never.</param>
/// <param name="ContentType">As claimed; null when unknown.</param>
/// <param name="Bytes">As claimed; null when unknown.</param>
/// <param name="Option">The command option that it was given for; null when it came with a message.</param>
/// <param name="Recompressed">The platform changed the bytes (a Telegram photo, not a Telegram file): its digest proves nothing.</param>
public sealed record Attachment(
    string Reference, string FileName, string? ContentType = null, long? Bytes = null, string? Option = null, bool Recompressed = false);
