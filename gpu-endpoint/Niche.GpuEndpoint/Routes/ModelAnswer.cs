using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Routes;

/// <summary>One model in <c>GET /models</c>.</summary>
public sealed record ModelAnswer(
    string Name, ModelKind Kind, string Version, string License, string Description, string Digest, IReadOnlyList<PictureSize> Sizes,
    Bounds<int>? Steps, Bounds<double>? Guidance, int? MaxTokens, int? DefaultTokens, IReadOnlyList<string> Suggestions);
