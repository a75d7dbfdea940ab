using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Niche.Subnet.Synapses;

namespace Niche.Subnet.Verification;

/// <summary>Reads the answer of the endpoint's <c>POST /features</c>: <c>width, height, embedding[], latent</c> (base64 of little-endian
/// float32), <c>grid</c> (base64), <c>dhash, phash</c> (16 hex digits), <c>text_similarity</c>.</summary>
public static class ImageFeaturesReader
{
    private const int MaxEmbedding = 8192;
    private const int MaxLatentBytes = 4 << 20;

    /// <summary>The features, or null when the answer breaks the contract. Never throws.</summary>
    public static ImageFeatures? Read(JsonElement answer)
    {
        if (answer.Whole("width") is not (> 0 and <= 65_536 and { } width) || answer.Whole("height") is not (> 0 and <= 65_536 and { } height)) return null;
        var embedding = Embedding(answer);
        var latent = Bytes(answer, "latent", MaxLatentBytes);
        var grid = Bytes(answer, "grid", ImageFeatures.GridLength);
        if (embedding is null || latent is null || latent.Length % sizeof(float) != 0 || grid?.Length != ImageFeatures.GridLength) return null;
        if (Hash(answer, "dhash") is not { } dhash || Hash(answer, "phash") is not { } phash) return null;
        return new ImageFeatures(
            (int)width, (int)height, embedding, Floats(latent), grid, dhash, phash, answer.Number("text_similarity"));
    }

    private static float[]? Embedding(JsonElement answer)
    {
        if (!answer.TryGetProperty("embedding", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is 0 or > MaxEmbedding)
            return null;
        var values = new float[list.GetArrayLength()];
        var i = 0;
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetSingle(out var value)) return null;
            values[i++] = value;
        }

        return values;
    }

    private static byte[]? Bytes(JsonElement answer, string name, int maxBytes)
    {
        if (answer.Text(name, ((maxBytes + 2) / 3 * 4) + 4) is not { } base64) return null;
        var buffer = new byte[(base64.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(base64, buffer, out var length) ? buffer[..length] : null;
    }

    private static float[] Floats(byte[] bytes)
    {
        var values = new float[bytes.Length / sizeof(float)];
        if (BitConverter.IsLittleEndian) MemoryMarshal.Cast<byte, float>(bytes).CopyTo(values);
        else for (var i = 0; i < values.Length; i++) values[i] = System.Buffers.Binary.BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * 4));
        return values;
    }

    private static ulong? Hash(JsonElement answer, string name) =>
        answer.Text(name, 16) is { Length: 16 } hex && ulong.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hash)
            ? hash
            : null;
}
