using System.Text.Json.Serialization;

namespace Niche.GpuEndpoint.Routes;

/// <summary>Answer of <c>GET /v1/models</c>.</summary>
/// <param name="Shape">Always <c>list</c>.</param>
/// <param name="Data">Every served model.</param>
public sealed record OpenAiModels([property: JsonPropertyName("object")] string Shape, IReadOnlyList<OpenAiModel> Data);
