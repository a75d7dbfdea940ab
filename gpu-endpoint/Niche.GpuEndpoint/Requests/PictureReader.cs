using System.Text.Json;
using Niche.Inference.Images;

namespace Niche.GpuEndpoint.Requests;

/// <summary>Pictures in fields: base64 of a file, a data URL with it, or an address that it was fetched from.</summary>
internal static class PictureReader
{
    private const string Scheme = "data:image/";
    private const string Coding = ";base64,";
    private static readonly ImageLimits Limits = new();

    /// <summary>The file; null when the field is absent or empty, or an error was added.</summary>
    public static byte[]? File(FieldReader fields, string name)
    {
        if (fields.Find(name) is not { } value || JsonText.Read(value) is "") return null;
        if (value.ValueKind == JsonValueKind.String && JsonText.Read(value) is { } text)
        {
            if (fields.Fetched.TryGetValue(text, out var fetched)) return fetched;
            if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            {
                if (value.TryGetBytesFromBase64(out var plain)) return plain;
            }
            else if (text.IndexOf(Coding, StringComparison.OrdinalIgnoreCase) is > 0 and var at)
            {
                var bytes = new byte[text.Length];
                if (Convert.TryFromBase64Chars(text.AsSpan(at + Coding.Length), bytes, out var length)) return bytes[..length];
            }
        }
        return fields.Wrong<byte[]?>(name, "base64 of a picture, or a data URL", null);
    }

    /// <summary>The picture as it is.</summary>
    /// <exception cref="ImageException">It can not be read.</exception>
    public static RgbImage Decode(byte[] file) => ImageFile.Decode(file, Limits).Image;

    /// <summary>The largest middle part of the right proportions, shrunk or enlarged to the size.</summary>
    /// <exception cref="ImageException">It can not be read.</exception>
    public static RgbImage Fit(byte[] file, int width, int height) => MiddleFit.To(Decode(file), width, height);
}
