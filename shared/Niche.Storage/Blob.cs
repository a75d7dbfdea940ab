namespace Niche.Storage;

/// <summary>A blob as read.</summary>
/// <param name="Content">The bytes.</param>
/// <param name="ContentType">Media type given when it was put.</param>
/// <param name="CreatedOn">When this content was put.</param>
public sealed record Blob(ReadOnlyMemory<byte> Content, string ContentType, DateTimeOffset CreatedOn)
{
    /// <summary>Number of bytes.</summary>
    public long Length => Content.Length;
}
