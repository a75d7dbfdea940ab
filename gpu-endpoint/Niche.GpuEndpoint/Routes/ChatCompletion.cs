using System.Text.Json.Serialization;

namespace Niche.GpuEndpoint.Routes;

/// <summary>An answer of <c>POST /v1/chat/completions</c>, or one chunk of a streamed one.</summary>
public sealed record ChatCompletion(
    string Id,
    [property: JsonPropertyName("object")] string Shape,
    long Created,
    string Model,
    IReadOnlyList<ChatChoice> Choices,
    CompletionUsage? Usage = null);
