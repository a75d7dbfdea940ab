namespace Niche.Inference.Models;

/// <summary>A picture size in pixels.</summary>
/// <param name="Width">Pixels from left to right.</param>
/// <param name="Height">Pixels from top to bottom.</param>
public sealed record PictureSize(int Width, int Height);
