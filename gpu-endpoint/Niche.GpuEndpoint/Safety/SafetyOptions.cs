namespace Niche.GpuEndpoint.Safety;

/// <summary>The classifier that judges pictures before they leave.</summary>
/// <param name="Model">Folder of a model of kind <c>safety</c>.</param>
/// <param name="Threshold">Pictures that score this much or more are held back, 0 to 1.</param>
public sealed record SafetyOptions(string Model, double Threshold = 0.5);
