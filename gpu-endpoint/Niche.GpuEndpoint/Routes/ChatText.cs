namespace Niche.GpuEndpoint.Routes;

/// <summary>Something that is said.</summary>
/// <param name="Role">Who speaks; null in a chunk that goes on.</param>
/// <param name="Content">What.</param>
public sealed record ChatText(string? Role, string? Content);
