namespace Niche.GpuEndpoint.Routes;

/// <summary>How far a prediction is.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Total">Steps in all.</param>
/// <param name="Preview">The picture so far, a data URL of a JPEG, if previews were asked for.</param>
public sealed record PredictionProgress(int Step, int Total, string? Preview);
