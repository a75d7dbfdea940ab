namespace Niche.GpuEndpoint.Routes;

/// <summary>Answer of <c>POST /v1/images/generations</c>.</summary>
/// <param name="Created">Unix seconds.</param>
/// <param name="Data">Pictures.</param>
/// <param name="OutputFormat"><c>png</c> or <c>jpeg</c>.</param>
/// <param name="Size">Width x height.</param>
public sealed record OpenAiImages(long Created, IReadOnlyList<OpenAiImage> Data, string OutputFormat, string Size);
