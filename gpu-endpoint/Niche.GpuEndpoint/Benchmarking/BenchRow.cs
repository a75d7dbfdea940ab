namespace Niche.GpuEndpoint.Benchmarking;

/// <summary>What one model did with one number of threads.</summary>
/// <param name="Model">Model.</param>
/// <param name="Threads">Threads inside one operator.</param>
/// <param name="Pictures">Pictures painted, after one to warm up.</param>
/// <param name="MedianMs">Median of a picture.</param>
/// <param name="SlowestMs">Slowest picture.</param>
/// <param name="PicturesPerMinute">One after the other.</param>
/// <param name="OutsidePercent">Time outside ONNX Runtime.</param>
/// <param name="Batch">Pictures of the batch that was tried; 1 where the model allows none.</param>
/// <param name="BatchGain">Pictures a minute in batches against one after the other.</param>
public sealed record BenchRow(
    string Model, int Threads, int Pictures, double MedianMs, double SlowestMs, double PicturesPerMinute, double OutsidePercent, int Batch = 1, double BatchGain = 1)
{
    /// <summary>Pixels from left to right.</summary>
    public int Width { get; init; }

    /// <summary>Pixels from top to bottom.</summary>
    public int Height { get; init; }

    /// <summary>Denoising steps of a picture.</summary>
    public int Steps { get; init; }
}
