namespace Niche.GpuEndpoint.Predictions;

/// <summary>Another body under an id that is taken.</summary>
internal sealed class PredictionConflictException(string id)
    : Exception($"The prediction {id} exists with another body; the same id means the same request.");
