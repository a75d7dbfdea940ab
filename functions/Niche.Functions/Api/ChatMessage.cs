using System.Text.Json;

namespace Niche.Functions.Api;

/// <summary>One message of a conversation.</summary>
/// <param name="Role">system, user or assistant.</param>
/// <param name="Content">A text, or a list of parts of which the texts count.</param>
public sealed record ChatMessage(string? Role, JsonElement Content)
{
    /// <summary>The text; null when there is none.</summary>
    public string? Text() => Content.ValueKind switch
    {
        JsonValueKind.String => Content.GetString(),
        JsonValueKind.Array => string.Concat(Content.EnumerateArray().Select(TextOfPart)),
        _ => null,
    };

    private static string TextOfPart(JsonElement part) =>
        part.ValueKind == JsonValueKind.Object && part.TryGetProperty("text", out JsonElement text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()!
            : "";
}

/// <summary>What a stream carries beside the text.</summary>
public sealed record ChatStreamOptions(bool? IncludeUsage);
