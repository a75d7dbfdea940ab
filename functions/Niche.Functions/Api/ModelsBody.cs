using System.Text.Json.Serialization;

namespace Niche.Functions.Api;

/// <summary>Answer of <c>GET /v1/models</c>.</summary>
public sealed record ModelsBody([property: JsonPropertyName("object")] string Kind, IReadOnlyList<ModelView> Data);
