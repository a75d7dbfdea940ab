namespace Niche.Subnet.Verification;

/// <summary>File formats that the subnet reads.</summary>
public enum ImageFormat
{
    /// <summary>Portable Network Graphics.</summary>
    Png,

    /// <summary>JPEG (JFIF or Exif).</summary>
    Jpeg,

    /// <summary>WebP, lossy, lossless or extended.</summary>
    WebP,
}
