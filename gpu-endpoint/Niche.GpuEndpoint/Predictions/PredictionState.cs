using Niche.GpuEndpoint.Engines;
using Niche.GpuEndpoint.Routes;

namespace Niche.GpuEndpoint.Predictions;

/// <summary>One moment of a prediction.</summary>
/// <param name="Status">Where it stands.</param>
/// <param name="Step">Steps done.</param>
/// <param name="Total">Steps in all; 0 before the first.</param>
internal sealed record PredictionState(PredictionStatus Status, int Step = 0, int Total = 0)
{
    /// <summary>The newest preview, a JPEG.</summary>
    public byte[]? Preview { get; init; }

    /// <summary>The picture.</summary>
    public GeneratedImage? Output { get; init; }

    /// <summary>Why there is none.</summary>
    public Problem? Error { get; init; }

    /// <summary>When its turn came.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? Completed { get; init; }

    /// <summary>Nothing more will happen.</summary>
    public bool Over => Status is PredictionStatus.Succeeded or PredictionStatus.Failed or PredictionStatus.Canceled;
}
