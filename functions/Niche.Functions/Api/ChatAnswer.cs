using System.Text.Json.Serialization;

namespace Niche.Functions.Api;

/// <summary>A completion, or one chunk of its stream.</summary>
public sealed record ChatAnswer(string Id, [property: JsonPropertyName("object")] string Kind, long Created, string Model, IReadOnlyList<ChatChoice> Choices, ChatUsage? Usage = null);

/// <summary>The one choice: a message, or in a stream what is new of it.</summary>
public sealed record ChatChoice(int Index, ChatText? Message, ChatText? Delta, string? FinishReason);

/// <summary>Text of a role.</summary>
public sealed record ChatText(string? Role, string? Content);

/// <summary>Pieces that came; the miner's tokens, as far as it sends one at a time.</summary>
public sealed record ChatUsage(int PromptTokens, int CompletionTokens, int TotalTokens);
