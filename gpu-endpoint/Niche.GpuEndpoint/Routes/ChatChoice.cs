using System.Text.Json.Serialization;

namespace Niche.GpuEndpoint.Routes;

/// <summary>The text of a chat's answer: all of it as a message, or what is new of it as a delta.</summary>
public sealed record ChatChoice(int Index)
{
    /// <summary>The whole answer.</summary>
    public ChatText? Message { get; init; }

    /// <summary>What a chunk adds.</summary>
    public ChatText? Delta { get; init; }

    /// <summary>Log-probabilities, when asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ChatLogprobs? Logprobs { get; init; }

    /// <summary><c>stop</c>, <c>length</c>, or null in the middle of a stream.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? FinishReason { get; init; }
}
