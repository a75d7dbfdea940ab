using Niche.Inference.Text;

namespace Niche.GpuEndpoint.Engines;

/// <summary>A checked request to judge a text.</summary>
/// <param name="Model">Name of a served text model.</param>
/// <param name="Prompt">What the text continues.</param>
/// <param name="Text">The text, also where its tokens are given by their texts; null when tokens are given.</param>
/// <param name="Tokens">The text's tokens; null when a text is given.</param>
/// <param name="TokenTexts">The texts of the text's tokens; null when they are not known.</param>
/// <param name="Drawn">Seed and rules that are said to have drawn it; null when that is not asked.</param>
/// <param name="Ended">The model is said to have ended it.</param>
public sealed record CheckJob(
    string Model, string Prompt, string? Text, IReadOnlyList<int>? Tokens, IReadOnlyList<string>? TokenTexts = null, TextRequest? Drawn = null, bool Ended = false);
