namespace Niche.Inference.Chat.Templates;

/// <summary>A method of a value that is not called yet.</summary>
internal sealed record Method(object? Target, string Name);
