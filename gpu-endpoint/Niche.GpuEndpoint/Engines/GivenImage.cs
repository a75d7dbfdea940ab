using Niche.Inference.Images;

namespace Niche.GpuEndpoint.Engines;

/// <summary>A picture that a job starts from, already of the size that comes out.</summary>
/// <param name="Image">The picture.</param>
/// <param name="Strength">How much of it is painted anew, above 0 to 1.</param>
/// <param name="Mask">Where to paint, one byte a pixel, above 127 is painted; null for everywhere.</param>
public sealed record GivenImage(RgbImage Image, double Strength, byte[]? Mask);
