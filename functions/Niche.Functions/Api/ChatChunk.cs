using System.Text.Json.Serialization;

namespace Niche.Functions.Api;

/// <summary>One event of a streamed completion; the last one before the end may carry the usage and no choice.</summary>
public sealed record ChatChunk(
    string Id, [property: JsonPropertyName("object")] string Kind, long Created, string Model, IReadOnlyList<ChatChunkChoice> Choices, ChatUsage? Usage = null);

/// <summary>What is new of the one choice.</summary>
public sealed record ChatChunkChoice(int Index, ChatDelta Delta, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? FinishReason);

/// <summary>New text; the role comes with the first event.</summary>
public sealed record ChatDelta(string? Role, string? Content);
