namespace Niche.Inference.Models;

/// <summary>How a text model samples when a request says nothing.</summary>
/// <param name="Temperature">0 is greedy.</param>
/// <param name="TopK">0 keeps the whole vocabulary.</param>
/// <param name="TopP">Probability mass kept, in (0, 1].</param>
public sealed record SamplingDefaults(double Temperature, int TopK, double TopP);
