using Niche.Subnet.Policy;

namespace Niche.Subnet.Verification;

/// <summary>A picture file whose header is what was asked for.</summary>
/// <param name="Format">File format.</param>
/// <param name="Size">Pixels.</param>
/// <param name="Bytes">The file.</param>
public sealed record ImageFile(ImageFormat Format, ImageSize Size, byte[] Bytes)
{
    /// <summary>SHA-256 of the file, lower-case hex.</summary>
    public string Sha256() => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Bytes));

    /// <summary>MIME type.</summary>
    public string ContentType => Format switch
    {
        ImageFormat.Jpeg => "image/jpeg",
        ImageFormat.WebP => "image/webp",
        _ => "image/png",
    };
}
