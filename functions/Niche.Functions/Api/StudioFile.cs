using Microsoft.Net.Http.Headers;

namespace Niche.Functions.Api;

/// <summary>One file of Studio.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="ContentType">Media type.</param>
/// <param name="ETag">Changes with the content.</param>
public sealed record StudioFile(byte[] Content, string ContentType, EntityTagHeaderValue ETag);
