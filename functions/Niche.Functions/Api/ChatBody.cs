using System.Text.Json;
using Niche.Subnet.Jobs;

namespace Niche.Functions.Api;

/// <summary>Body of <c>POST /v1/chat/completions</c>: the members of the OpenAI API that a completion model can honour.</summary>
public sealed record ChatBody
{
    private const int MaxMessages = 256;

    public string? Model { get; init; }

    public IReadOnlyList<ChatMessage?>? Messages { get; init; }

    public double? MaxTokens { get; init; }

    public double? MaxCompletionTokens { get; init; }

    public double? Temperature { get; init; }

    public double? TopP { get; init; }

    public double? Seed { get; init; }

    public bool? Stream { get; init; }

    public ChatStreamOptions? StreamOptions { get; init; }

    /// <summary>A string, or a list of strings.</summary>
    public JsonElement Stop { get; init; }

    /// <summary>The draft: the model continues the last message of the user.</summary>
    public JobDraft ToDraft() => new()
    {
        Kind = JobKind.Text,
        Model = Model,
        Prompt = Messages is { Count: > 0 and <= MaxMessages } messages ? messages.LastOrDefault(message => message?.Role == "user")?.Text() : null,
        MaxTokens = Numbers.ToInt(MaxCompletionTokens ?? MaxTokens),
        Temperature = Temperature,
        TopP = TopP,
        Seed = Numbers.ToLong(Seed),
        Stop = ReadStop(),
    };

    private string[]? ReadStop() => Stop.ValueKind switch
    {
        JsonValueKind.String => [Stop.GetString()!],
        JsonValueKind.Array => [.. Stop.EnumerateArray().Take(JobRequestValidator.MaxStops + 1)
            .Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : "")],
        _ => null,
    };
}
