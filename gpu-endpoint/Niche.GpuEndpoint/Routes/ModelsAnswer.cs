namespace Niche.GpuEndpoint.Routes;

/// <summary>Answer of <c>GET /models</c>.</summary>
/// <param name="Models">Every served model.</param>
public sealed record ModelsAnswer(IReadOnlyList<ModelAnswer> Models);
