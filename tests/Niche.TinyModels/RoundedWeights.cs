using System.Runtime.InteropServices;
using Niche.TinyModels.Onnx;

namespace Niche.TinyModels;

/// <summary>A model as another machine would have it: its weights rounded to the eight bits that bfloat16 keeps.</summary>
public static class RoundedWeights
{
    private const int Graph = 7, Initializer = 5, DataType = 2, RawData = 9, Half = 10;

    /// <summary>Copies a model and rounds the weights of its <c>model.onnx</c> that are stored in half precision.</summary>
    /// <param name="source">A finished folder.</param>
    /// <param name="target">Where the copy goes.</param>
    public static string Copy(string source, string target)
    {
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        var model = File.ReadAllBytes(Path.Combine(source, "model.onnx"));
        return TinyFolder.Reopen(target).Add("model.onnx", Changed(model, Graph, graph => Changed(graph, Initializer, Rounded))).Save();
    }

    private static byte[] Changed(byte[] message, int field, Func<byte[], byte[]> change) => HalfEdges.Rewrite(message, (number, bytes) => number == field ? change(bytes) : bytes);

    private static byte[] Rounded(byte[] tensor)
    {
        var isHalf = HalfEdges.Fields(tensor).Any(field => field is { Field: DataType, Number: Half });
        return isHalf ? Changed(tensor, RawData, Rounded7) : tensor;
    }

    // Half precision has ten bits behind the point, bfloat16 seven.
    private static byte[] Rounded7(byte[] raw)
    {
        var rounded = (byte[])raw.Clone();
        foreach (ref var bits in MemoryMarshal.Cast<byte, ushort>(rounded.AsSpan())) bits = (ushort)((bits + 4) & ~7);
        return rounded;
    }
}
