using System.Text.Json.Serialization;

namespace Niche.GpuEndpoint.Routes;

/// <summary>A model in <c>GET /v1/models</c>.</summary>
/// <param name="Id">Name in requests.</param>
/// <param name="Shape">Always <c>model</c>.</param>
/// <param name="Created">Unix seconds; 0, for a folder does not say.</param>
/// <param name="OwnedBy">Who serves it.</param>
public sealed record OpenAiModel(string Id, [property: JsonPropertyName("object")] string Shape, long Created, string OwnedBy);
