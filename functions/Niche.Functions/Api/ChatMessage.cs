using System.Text.Json.Serialization;

namespace Niche.Functions.Api;

/// <summary>One message of a conversation.</summary>
/// <param name="Role">system, user or assistant.</param>
/// <param name="Content">A text, or a list of parts of which the texts count.</param>
public sealed record ChatMessage(string? Role, [property: JsonConverter(typeof(TextOrParts))] string? Content);

/// <summary>What a stream carries beside the text.</summary>
public sealed record ChatStreamOptions(bool? IncludeUsage);
