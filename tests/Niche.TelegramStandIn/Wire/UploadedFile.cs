namespace Niche.TelegramStandIn.Wire;

/// <summary>A file that came with a call.</summary>
/// <param name="Name">File name as sent.</param>
/// <param name="ContentType">Media type as sent; may be empty.</param>
/// <param name="Content">The bytes.</param>
public sealed record UploadedFile(string Name, string ContentType, byte[] Content);
