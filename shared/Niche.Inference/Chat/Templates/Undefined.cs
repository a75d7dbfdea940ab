namespace Niche.Inference.Chat.Templates;

/// <summary>The value of a name that means nothing.</summary>
/// <param name="Name">That name.</param>
internal sealed record Undefined(string Name);
