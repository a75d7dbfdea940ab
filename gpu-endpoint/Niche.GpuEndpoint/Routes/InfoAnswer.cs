namespace Niche.GpuEndpoint.Routes;

/// <summary>Answer of <c>GET /info</c>, as stock miners ask for it.</summary>
/// <param name="ModelName">The first model served.</param>
public sealed record InfoAnswer(string ModelName);
