namespace Niche.Functions.Api;

/// <summary>Answer of <c>GET /health/live</c>.</summary>
public sealed record LiveBody(string Status);
