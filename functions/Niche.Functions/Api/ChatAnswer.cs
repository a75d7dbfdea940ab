using System.Text.Json.Serialization;

namespace Niche.Functions.Api;

/// <summary>A completion.</summary>
public sealed record ChatAnswer(
    string Id, [property: JsonPropertyName("object")] string Kind, long Created, string Model, IReadOnlyList<ChatChoice> Choices, ChatUsage Usage);

/// <summary>The one choice. Members that the OpenAI API always writes are null rather than absent.</summary>
public sealed record ChatChoice(
    int Index, ChatText Message, string FinishReason, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Logprobs = null);

/// <summary>The text of the assistant.</summary>
public sealed record ChatText(string Role, string Content, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Refusal = null);

/// <summary>In words, because the validator does not tokenize, and what it cannot count it does not claim.</summary>
public sealed record ChatUsage(int PromptTokens, int CompletionTokens, int TotalTokens);
