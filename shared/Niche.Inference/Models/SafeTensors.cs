using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Niche.Inference.Models;

/// <summary>
/// Reads a <c>.safetensors</c> file: eight bytes of length, a JSON header with type, axes and place of every tensor, then their bytes. F32, F16
/// and BF16 are read as floats.
/// </summary>
internal static class SafeTensors
{
    private const int LongestHeader = 64 << 20;

    /// <summary>All tensors by name.</summary>
    /// <exception cref="FormatException">The file is cut off or its header does not fit its bytes.</exception>
    public static Dictionary<string, (long[] Shape, float[] Values)> Read(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> length = stackalloc byte[8];
        if (file.ReadAtLeast(length, 8, throwOnEndOfStream: false) < 8) throw new FormatException("the file is shorter than its header");
        var size = BinaryPrimitives.ReadInt64LittleEndian(length);
        if (size is < 2 or > LongestHeader || size > file.Length - 8) throw new FormatException("the header's length does not fit the file");
        var header = new byte[size];
        file.ReadExactly(header);
        try
        {
            using var json = JsonDocument.Parse(header);
            return json.RootElement.EnumerateObject().Where(one => one.Name != "__metadata__").ToDictionary(one => one.Name, one => Read(file, 8 + size, one.Value), StringComparer.Ordinal);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException or OverflowException)
        {
            throw new FormatException($"the header can not be read: {e.Message}", e);
        }
    }

    private static (long[] Shape, float[] Values) Read(Stream file, long start, JsonElement tensor)
    {
        long[] shape = [.. tensor.GetProperty("shape").EnumerateArray().Select(axis => axis.GetInt64())];
        var (from, to) = (tensor.GetProperty("data_offsets")[0].GetInt64(), tensor.GetProperty("data_offsets")[1].GetInt64());
        var type = tensor.GetProperty("dtype").GetString();
        var width = type switch { "F32" => 4, "F16" or "BF16" => 2, _ => throw new FormatException($"tensors of type {type} are not supported") };
        var count = shape.Aggregate(1L, (a, b) => b >= 0 ? checked(a * b) : throw new FormatException("an axis is negative"));
        if (from < 0 || to - from != checked(count * width) || to > file.Length - start || count > int.MaxValue / 4) throw new FormatException("a tensor lies outside the file");
        var bytes = new byte[to - from];
        file.Position = start + from;
        file.ReadExactly(bytes);
        return (shape, type switch
        {
            "F32" => MemoryMarshal.Cast<byte, float>(bytes).ToArray(),
            "F16" => Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(bytes).ToArray(), half => (float)half),
            _ => Array.ConvertAll(MemoryMarshal.Cast<byte, ushort>(bytes).ToArray(), bits => BitConverter.UInt32BitsToSingle((uint)bits << 16)),
        });
    }
}
