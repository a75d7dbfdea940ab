namespace Niche.GpuEndpoint.Routes;

/// <summary>Answer of <c>GET /models</c>.</summary>
/// <param name="Models">Every served model.</param>
/// <param name="Pending">Models on their way in or out, and those that failed to come.</param>
public sealed record ModelsAnswer(IReadOnlyList<ModelAnswer> Models, IReadOnlyList<ModelChangeAnswer> Pending);
