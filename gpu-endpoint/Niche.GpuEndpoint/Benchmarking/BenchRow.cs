namespace Niche.GpuEndpoint.Benchmarking;

/// <summary>What one model did with one number of threads.</summary>
/// <param name="Model">Model.</param>
/// <param name="Threads">Threads inside one operator.</param>
/// <param name="Pictures">Pictures painted, after one to warm up.</param>
/// <param name="MedianMs">Median of a picture.</param>
/// <param name="SlowestMs">Slowest picture.</param>
/// <param name="PicturesPerMinute">One after the other.</param>
/// <param name="OutsidePercent">Time outside ONNX Runtime.</param>
public sealed record BenchRow(string Model, int Threads, int Pictures, double MedianMs, double SlowestMs, double PicturesPerMinute, double OutsidePercent);
