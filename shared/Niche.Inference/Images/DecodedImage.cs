namespace Niche.Inference.Images;

/// <summary>A picture read from a file.</summary>
/// <param name="Format">Format of the file.</param>
/// <param name="Image">The pixels; transparency is laid over black.</param>
public sealed record DecodedImage(ImageFileFormat Format, RgbImage Image);
