using Niche.Inference.Images;

namespace Niche.GpuEndpoint.Engines;

/// <summary>A picture that a job makes larger.</summary>
/// <param name="Image">The picture; its middle part of the right proportions is taken.</param>
/// <param name="NoiseLevel">How freely detail is painted, 0 to 350.</param>
public sealed record SmallPicture(RgbImage Image, int NoiseLevel);
