using System.Text.Json.Serialization;

namespace Niche.GpuEndpoint.Routes;

/// <summary>The text of a completion. Clients of this interface expect the last two fields even when they are null.</summary>
public sealed record CompletionChoice(int Index, string Text)
{
    /// <summary>Log-probabilities, when asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public CompletionLogprobs? Logprobs { get; init; }

    /// <summary><c>stop</c>, <c>length</c>, or null in the middle of a stream.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? FinishReason { get; init; }
}
