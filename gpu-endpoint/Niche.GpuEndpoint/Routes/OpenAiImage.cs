namespace Niche.GpuEndpoint.Routes;

/// <summary>One picture of <see cref="OpenAiImages"/>, in one of two forms.</summary>
/// <param name="B64Json">Base64 of the file.</param>
/// <param name="Url">The file as a data URL.</param>
public sealed record OpenAiImage(byte[]? B64Json, string? Url);
