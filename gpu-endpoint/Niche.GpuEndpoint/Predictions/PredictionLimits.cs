namespace Niche.GpuEndpoint.Predictions;

/// <summary>How much of finished predictions is kept; whatever is unfinished stays.</summary>
/// <param name="Count">Finished predictions.</param>
/// <param name="Bytes">Their pictures together.</param>
/// <param name="Age">Since they ended.</param>
public sealed record PredictionLimits(int Count, long Bytes, TimeSpan Age)
{
    /// <summary>256 predictions, 128 MiB, 15 minutes.</summary>
    public static PredictionLimits Default { get; } = new(256, 128L << 20, TimeSpan.FromMinutes(15));
}
