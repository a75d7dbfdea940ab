namespace Niche.Inference.Images;

/// <summary>The picture formats that are read; PNG and JPEG are also written.</summary>
public enum ImageFileFormat
{
    /// <summary>Portable Network Graphics, lossless.</summary>
    Png,

    /// <summary>JPEG.</summary>
    Jpeg,

    /// <summary>WebP.</summary>
    Webp,
}
