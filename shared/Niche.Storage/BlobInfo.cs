namespace Niche.Storage;

/// <summary>A blob as listed, without its content.</summary>
/// <param name="Name">Full name within the container.</param>
/// <param name="ContentType">Media type given when it was put.</param>
/// <param name="Length">Number of bytes.</param>
/// <param name="CreatedOn">When this content was put.</param>
public sealed record BlobInfo(string Name, string ContentType, long Length, DateTimeOffset CreatedOn);
