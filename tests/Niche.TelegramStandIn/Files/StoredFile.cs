namespace Niche.TelegramStandIn.Files;

/// <summary>A file on the server.</summary>
/// <param name="Id">The id that calls use.</param>
/// <param name="UniqueId">The id that never changes.</param>
/// <param name="Path">Where it is downloaded.</param>
/// <param name="Name">The name that it was sent with.</param>
/// <param name="ContentType">Media type.</param>
/// <param name="Size">Bytes as told; a test may tell more than there are.</param>
/// <param name="Content">The bytes.</param>
/// <param name="IsPhoto">It was sent as a photo.</param>
public sealed record StoredFile(string Id, string UniqueId, string Path, string Name, string ContentType, long Size, byte[] Content, bool IsPhoto);
