using System.Runtime.InteropServices;

namespace Niche.TinyModels.Onnx;

/// <summary>Builds an ONNX graph node by node. Weights are random but the same for the same name, so that models never change.</summary>
public sealed class GraphBuilder(string name)
{
    private const int OpSet = 17;
    private const int IrVersion = 8;
    private readonly ProtoWriter _graph = new();
    private int _names;

    /// <summary>Declares an input; text axes are open.</summary>
    public string Input(string input, ElementType type, params object[] shape)
    {
        _graph.Message(11, ValueInfo(input, type, shape));
        return input;
    }

    /// <summary>Declares an output and gives a value its name.</summary>
    public void Output(string output, string value, ElementType type, params object[] shape)
    {
        _graph.Message(1, NodeOf("Identity", [value], [output], []));
        _graph.Message(12, ValueInfo(output, type, shape));
    }

    /// <summary>Random weights from -scale to scale.</summary>
    public string Weights(string weights, float scale, params long[] shape) =>
        Tensor(weights, Random($"{name}/{weights}", scale, (int)shape.Aggregate(1L, (a, b) => a * b)), shape);

    /// <summary>The random numbers of a name.</summary>
    public static float[] Random(string name, float scale, int count)
    {
        var random = new Random(Seed(name));
        var values = new float[count];
        for (var i = 0; i < values.Length; i++) values[i] = ((random.NextSingle() * 2) - 1) * scale;
        return values;
    }

    /// <summary>Given numbers.</summary>
    public string Tensor(string tensor, float[] values, params long[] shape) =>
        Initializer(tensor, ElementType.Real, shape, MemoryMarshal.AsBytes(values.AsSpan()));

    /// <summary>Weights that are said to lie in a file of their own.</summary>
    public string External(string tensor, string location, params long[] shape)
    {
        _graph.Message(5, ExternalTensor(tensor, location, shape));
        return tensor;
    }

    /// <summary>The same inside a node, as a constant's value.</summary>
    public string ExternalConstant(string location, params long[] shape)
    {
        var output = $"constant_{_names++}";
        _graph.Message(1, new ProtoWriter().Text(2, output).Text(4, "Constant")
            .Message(5, new ProtoWriter().Text(1, "value").Message(5, ExternalTensor(output, location, shape)).Number(20, 4)));
        return output;
    }

    /// <summary>A constant list of whole numbers, such as a shape.</summary>
    public string Whole(params long[] values) => Initializer($"ints_{_names++}", ElementType.Whole, [values.Length], MemoryMarshal.AsBytes(values.AsSpan()));

    /// <summary>A constant number.</summary>
    public string Scalar(float value) => Tensor($"number_{_names++}", [value], []);

    /// <summary>A constant whole number.</summary>
    public string WholeScalar(long value) => Initializer($"int_{_names++}", ElementType.Whole, [], MemoryMarshal.AsBytes([value]));

    /// <summary>Adds a node with one output and returns the output's name.</summary>
    public string Node(string op, string[] inputs, params (string Name, object Value)[] attributes) => Named(op, $"/{op}_{_names}", inputs, attributes);

    /// <summary>Adds a node under a name of its own, as exporters name nodes after the modules they come from.</summary>
    public string Named(string op, string node, string[] inputs, params (string Name, object Value)[] attributes)
    {
        var output = $"{op}_{_names++}";
        _graph.Message(1, NodeOf(op, inputs, [output], attributes).Text(3, node));
        return output;
    }

    /// <summary>The model file.</summary>
    public byte[] Build() => new ProtoWriter()
        .Number(1, IrVersion)
        .Text(2, "Niche.TinyModels")
        .Message(7, _graph.Text(2, name))
        .Message(8, new ProtoWriter().Text(1, "").Number(2, OpSet))
        .ToArray();

    private string Initializer(string tensor, ElementType type, long[] shape, ReadOnlySpan<byte> raw)
    {
        var proto = new ProtoWriter();
        foreach (var axis in shape) proto.Number(1, axis);
        _graph.Message(5, proto.Number(2, (int)type).Text(8, tensor).Bytes(9, raw));
        return tensor;
    }

    private static ProtoWriter ExternalTensor(string tensor, string location, long[] shape)
    {
        var proto = new ProtoWriter();
        foreach (var axis in shape) proto.Number(1, axis);
        return proto.Number(2, (int)ElementType.Real).Text(8, tensor)
            .Message(13, new ProtoWriter().Text(1, "location").Text(2, location)).Number(14, 1);
    }

    private static ProtoWriter NodeOf(string op, string[] inputs, string[] outputs, (string Name, object Value)[] attributes)
    {
        var node = new ProtoWriter();
        foreach (var input in inputs) node.Text(1, input);
        foreach (var output in outputs) node.Text(2, output);
        node.Text(4, op);
        foreach (var (attribute, value) in attributes) node.Message(5, Attribute(attribute, value));
        return node;
    }

    private static ProtoWriter Attribute(string name, object value)
    {
        var proto = new ProtoWriter().Text(1, name);
        switch (value)
        {
            case float number:
                return proto.Real(2, number).Number(20, 1);
            case int number:
                return proto.Number(3, number).Number(20, 2);
            case string text:
                return proto.Text(4, text).Number(20, 3);
            case int[] numbers:
                foreach (var number in numbers) proto.Number(8, number);
                return proto.Number(20, 7);
            default:
                throw new ArgumentException($"No attribute of type {value.GetType()}.", nameof(value));
        }
    }

    private static ProtoWriter ValueInfo(string name, ElementType type, object[] shape)
    {
        var axes = new ProtoWriter();
        foreach (var axis in shape)
            axes.Message(1, axis is int size ? new ProtoWriter().Number(1, size) : new ProtoWriter().Text(2, (string)axis));
        var tensor = new ProtoWriter().Number(1, (int)type).Message(2, axes);
        return new ProtoWriter().Text(1, name).Message(2, new ProtoWriter().Message(1, tensor));
    }

    // FNV-1a: string.GetHashCode differs from run to run.
    private static int Seed(string text) => text.Aggregate(unchecked((int)2166136261), (hash, c) => unchecked((hash ^ c) * 16777619));
}
