namespace Niche.Inference.Images;

/// <summary>What a picture from outside may cost.</summary>
/// <param name="MaxBytes">Largest file.</param>
/// <param name="MaxPixels">Largest width times height, read from the header before anything is decoded.</param>
/// <param name="MaxSide">Longest side.</param>
public sealed record ImageLimits(int MaxBytes = 8 << 20, int MaxPixels = 4 << 20, int MaxSide = 8192);
