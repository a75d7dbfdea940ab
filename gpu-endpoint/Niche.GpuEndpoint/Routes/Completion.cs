using System.Text.Json.Serialization;

namespace Niche.GpuEndpoint.Routes;

/// <summary>A completion, or one chunk of a streamed one.</summary>
public sealed record Completion(
    string Id,
    [property: JsonPropertyName("object")] string Shape,
    long Created,
    string Model,
    IReadOnlyList<CompletionChoice> Choices,
    CompletionUsage? Usage = null);
