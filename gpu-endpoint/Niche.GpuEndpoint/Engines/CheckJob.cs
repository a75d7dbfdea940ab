namespace Niche.GpuEndpoint.Engines;

/// <summary>A checked request to judge a text.</summary>
/// <param name="Model">Name of a served text model.</param>
/// <param name="Prompt">What the text continues.</param>
/// <param name="Text">The text; null when tokens are given.</param>
/// <param name="Tokens">The text's tokens; null when a text is given.</param>
public sealed record CheckJob(string Model, string Prompt, string? Text, IReadOnlyList<int>? Tokens);
