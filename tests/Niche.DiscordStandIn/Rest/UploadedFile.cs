namespace Niche.DiscordStandIn.Rest;

/// <summary>A file that came with a call.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ContentType">Its type as claimed.</param>
/// <param name="Content">Its bytes.</param>
public sealed record UploadedFile(string Name, string ContentType, byte[] Content);
