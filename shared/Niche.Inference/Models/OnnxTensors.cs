using System.Runtime.InteropServices;

namespace Niche.Inference.Models;

/// <summary>Reads nodes and single-precision weights out of an ONNX file, for the few that a pipeline needs outside the graph.</summary>
internal static class OnnxTensors
{
    // Field numbers of ModelProto, GraphProto, NodeProto and TensorProto in onnx.proto.
    private const int Graph = 7, Node = 1, Initializer = 5, Input = 11;
    private const int NodeInput = 1, NodeName = 3, NodeOperator = 4;
    private const int Dimension = 1, DataType = 2, TensorName = 8, RawData = 9;
    private const int SinglePrecision = 1;

    // ValueInfoProto, TypeProto, its Tensor, TensorShapeProto and its Dimension.
    private const int ValueName = 1, ValueType = 2, TensorType = 1, TypeShape = 2, ShapeDimension = 1, DimensionValue = 1;
    private const int LongestTensor = 1 << 29;

    /// <summary>The first weight whose name ends so; null when there is none or it is not stored as floats inside the file.</summary>
    public static float[]? Find(string path, string nameEnd) => Read(path, name => name.EndsWith(nameEnd, StringComparison.Ordinal)).FirstOrDefault()?.Values;

    /// <summary>The weights that are wanted by name, one after the other.</summary>
    public static IEnumerable<OnnxTensor> Read(string path, Func<string, bool> wanted)
    {
        using var file = File.OpenRead(path);
        foreach (var tensor in InGraph(file, Initializer))
        {
            if (Read(file, tensor, wanted) is { } read) yield return read;
        }
    }

    /// <summary>Nodes with a name, and the name of their second input, which holds the weights of a product or a convolution.</summary>
    public static List<(string Name, string Operator, string Weights)> WeightedNodes(string path)
    {
        var nodes = new List<(string, string, string)>();
        using var file = File.OpenRead(path);
        foreach (var node in InGraph(file, Node))
        {
            var (name, kind) = ("", "");
            var inputs = new List<string>();
            foreach (var field in ProtoFields.Of(file, node.Start, node.Start + node.Value))
            {
                if (field.Number == NodeInput) inputs.Add(ProtoFields.Text(file, field));
                else if (field.Number == NodeName) name = ProtoFields.Text(file, field);
                else if (field.Number == NodeOperator) kind = ProtoFields.Text(file, field);
            }
            if (inputs.Count > 1 && name.Length > 0) nodes.Add((name, kind, inputs[1]));
        }
        return nodes;
    }

    /// <summary>The graph's inputs, as far as they are tensors.</summary>
    public static List<OnnxInput> Inputs(string path)
    {
        using var file = File.OpenRead(path);
        return [.. InGraph(file, Input).ToArray().Select(input =>
        {
            var name = Inside(file, input, ValueName).Select(field => ProtoFields.Text(file, field)).FirstOrDefault("");
            var axes = Inside(file, input, ValueType).SelectMany(type => Inside(file, type, TensorType)).SelectMany(tensor => Inside(file, tensor, TypeShape))
                .SelectMany(shape => Inside(file, shape, ShapeDimension))
                .Select(axis => Inside(file, axis, DimensionValue) is [{ Value: > 0 and <= int.MaxValue } size, ..] ? (int?)size.Value : null);
            return new OnnxInput(name, [.. axes]);
        })];
    }

    private static List<ProtoField> Inside(Stream file, ProtoField message, int number) =>
        [.. ProtoFields.Of(file, message.Start, message.Start + message.Value).Where(field => field.Number == number)];

    private static IEnumerable<ProtoField> InGraph(Stream file, int number) => ProtoFields.Of(file, 0, file.Length).Where(field => field.Number == Graph)
        .SelectMany(graph => ProtoFields.Of(file, graph.Start, graph.Start + graph.Value)).Where(field => field.Number == number);

    private static OnnxTensor? Read(Stream file, ProtoField tensor, Func<string, bool> wanted)
    {
        var (name, single) = ("", false);
        var shape = new List<long>();
        ProtoField? raw = null;
        foreach (var field in ProtoFields.Of(file, tensor.Start, tensor.Start + tensor.Value))
        {
            if (field.Number == Dimension) shape.Add(field.Value);
            else if (field.Number == DataType) single = field.Value == SinglePrecision;
            else if (field.Number == TensorName) name = ProtoFields.Text(file, field);
            else if (field.Number == RawData) raw = field;
        }
        if (!single || raw is not { Value: <= LongestTensor } data || !wanted(name)) return null;
        return new OnnxTensor(name, [.. shape], MemoryMarshal.Cast<byte, float>(ProtoFields.Bytes(file, data)).ToArray());
    }
}
