using Niche.Inference.Images;

namespace Niche.GpuEndpoint.Routes;

/// <summary>Picture files as data URLs (RFC 2397).</summary>
internal static class DataUrl
{
    public static string Of(byte[] file, ImageFileFormat format) => $"data:image/{format.ToString().ToLowerInvariant()};base64,{Convert.ToBase64String(file)}";
}
