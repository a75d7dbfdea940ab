namespace Niche.GpuEndpoint.Predictions;

/// <summary>No prediction of that id, or not any more.</summary>
internal sealed class PredictionMissingException(string id)
    : Exception($"There is no prediction {id} here; finished ones are kept for a limited time.");
