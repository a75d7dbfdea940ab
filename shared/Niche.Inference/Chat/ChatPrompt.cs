using System.Text.Json;

namespace Niche.Inference.Chat;

/// <summary>A chat to turn into a prompt.</summary>
/// <param name="Messages">A list of objects with <c>role</c> and <c>content</c>, as chat clients send it; further fields reach the template.</param>
public sealed record ChatPrompt(JsonElement Messages)
{
    /// <summary>Whether the prompt ends where the assistant begins to speak.</summary>
    public bool AddGenerationPrompt { get; init; } = true;

    /// <summary>Further names for the template, such as <c>tools</c> or <c>enable_thinking</c>.</summary>
    public IReadOnlyDictionary<string, JsonElement> Variables { get; init; } = new Dictionary<string, JsonElement>();
}
