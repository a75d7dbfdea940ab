using System.Text.Json.Serialization;
using Niche.Subnet.Errors;
using Niche.Subnet.Jobs;

namespace Niche.Functions.Api;

/// <summary>Body of <c>POST /v1/chat/completions</c>: the members of the OpenAI API that a completion model can honour.</summary>
public sealed record ChatBody : IOrderBody
{
    /// <summary>Most messages of a conversation.</summary>
    public const int MaxMessages = 256;

    public string? Model { get; init; }

    public IReadOnlyList<ChatMessage?>? Messages { get; init; }

    public double? MaxTokens { get; init; }

    /// <summary>The newer name of <see cref="MaxTokens"/>; it wins.</summary>
    public double? MaxCompletionTokens { get; init; }

    public double? Temperature { get; init; }

    public double? TopP { get; init; }

    public double? Seed { get; init; }

    /// <summary>Number of answers: 1.</summary>
    public double? N { get; init; }

    public bool? Stream { get; init; }

    public ChatStreamOptions? StreamOptions { get; init; }

    /// <summary>A string, or a list of strings.</summary>
    [JsonConverter(typeof(OneOrManyTexts))]
    public IReadOnlyList<string>? Stop { get; init; }

    /// <summary>The draft: the model continues the last message of the user.</summary>
    public JobDraft ToDraft() => new()
    {
        Kind = JobKind.Text,
        Model = Model,
        Prompt = Messages?.LastOrDefault(message => message?.Role == "user")?.Content,
        MaxTokens = Numbers.ToInt(MaxCompletionTokens ?? MaxTokens),
        Temperature = Temperature,
        TopP = TopP,
        Seed = Numbers.ToLong(Seed),
        Stop = Stop,
    };

    /// <inheritdoc/>
    public IEnumerable<NicheError> Faults()
    {
        if (Messages is not { Count: > 0 and <= MaxMessages } || !Messages.Any(message => message?.Role == "user"))
        {
            yield return ErrorCatalogue.Create(
                ErrorCodes.InvalidParameter, $"'messages' must hold 1 to {MaxMessages} messages, at least one of them with the role 'user'.", "messages",
                new AllowedRange(1, MaxMessages));
        }

        if (N is not (null or 1)) yield return ErrorCatalogue.OutOfRange(ErrorCodes.CountOutOfRange, "n", 1, 1);
    }

    /// <inheritdoc/>
    public string NameOf(string field) => field switch
    {
        "prompt" => "messages",
        "max_tokens" when MaxCompletionTokens is not null => "max_completion_tokens",
        _ => field,
    };
}
