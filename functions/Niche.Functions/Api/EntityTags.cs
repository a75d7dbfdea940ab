using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Niche.Functions.Api;

/// <summary>Entity tags that change with the content.</summary>
public static class EntityTags
{
    private const int Bytes = 8;

    /// <summary>The tag of a content.</summary>
    public static EntityTagHeaderValue Of(ReadOnlySpan<byte> content) => new($"\"{Convert.ToHexStringLower(SHA256.HashData(content)[..Bytes])}\"");
}
