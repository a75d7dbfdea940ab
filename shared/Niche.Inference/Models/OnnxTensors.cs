using System.Runtime.InteropServices;
using System.Text;

namespace Niche.Inference.Models;

/// <summary>Reads single-precision weights out of an ONNX file by name, for the few that a pipeline needs outside the graph.</summary>
internal static class OnnxTensors
{
    // Field numbers of ModelProto, GraphProto and TensorProto in onnx.proto.
    private const int Graph = 7, Initializer = 5;
    private const int DataType = 2, Name = 8, RawData = 9;
    private const int SinglePrecision = 1;
    private const int LongestName = 4096;
    private const int LongestTensor = 1 << 26;

    /// <summary>The first weight whose name ends so; null when there is none or it is not stored as floats inside the file.</summary>
    public static float[]? Find(string path, string nameEnd)
    {
        using var file = File.OpenRead(path);
        foreach (var graph in Fields(file, 0, file.Length).Where(field => field.Number == Graph))
        {
            foreach (var tensor in Fields(file, graph.Start, graph.Start + graph.Value).Where(field => field.Number == Initializer))
            {
                if (Read(file, tensor, nameEnd) is { } values) return values;
            }
        }
        return null;
    }

    private static float[]? Read(Stream file, ProtoField tensor, string nameEnd)
    {
        var (named, single) = (false, false);
        ProtoField? raw = null;
        foreach (var field in Fields(file, tensor.Start, tensor.Start + tensor.Value))
        {
            if (field.Number == DataType) single = field.Value == SinglePrecision;
            else if (field.Number == RawData) raw = field;
            else if (field is { Number: Name, Value: <= LongestName }) named = Encoding.UTF8.GetString(Bytes(file, field)).EndsWith(nameEnd, StringComparison.Ordinal);
        }
        return named && single && raw is { Value: <= LongestTensor } data ? MemoryMarshal.Cast<byte, float>(Bytes(file, data)).ToArray() : null;
    }

    private static byte[] Bytes(Stream file, ProtoField field)
    {
        var bytes = new byte[field.Value];
        file.Position = field.Start;
        file.ReadExactly(bytes);
        return bytes;
    }

    // Stops at the first thing that is not a field: the runtime has accepted the file, and what is not found is missing.
    private static IEnumerable<ProtoField> Fields(Stream file, long start, long end)
    {
        end = Math.Min(end, file.Length);
        while (start < end)
        {
            file.Position = start;
            if (Varint(file) is not { } key) yield break;
            var field = new ProtoField((int)(key >> 3), file.Position, 0);
            switch (key & 7)
            {
                case 0:
                    if (Varint(file) is not { } value) yield break;
                    start = file.Position;
                    yield return field with { Value = value };
                    break;
                case 2:
                    if (Varint(file) is not { } length || length < 0 || length > end - file.Position) yield break;
                    start = file.Position + length;
                    yield return field with { Start = file.Position, Value = length };
                    break;
                case 1 or 5:
                    start = file.Position + ((key & 7) == 1 ? 8 : 4);
                    break;
                default:
                    yield break;
            }
        }
    }

    private static long? Varint(Stream file)
    {
        long value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = file.ReadByte();
            if (part < 0) return null;
            value |= (long)(part & 0x7F) << shift;
            if (part < 0x80) return value;
        }
        return null;
    }

    /// <summary>A field: where its bytes start and how many they are, or its number.</summary>
    private readonly record struct ProtoField(int Number, long Start, long Value);
}
