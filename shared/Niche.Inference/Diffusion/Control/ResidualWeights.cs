using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Tensors;
using Niche.Inference.Models;

namespace Niche.Inference.Diffusion.Control;

/// <summary>
/// The graph between a ControlNet and its denoiser: every row of every residual times a weight of its own, in the type that the denoiser takes. Neither of the
/// two can weigh rows one by one, and the host would have to fetch tens of megabytes a step.
/// </summary>
internal static class ResidualWeights
{
    /// <summary>Its input of weights, [residuals, rows].</summary>
    public const string Weights = "weights";

    private const int Single = 1;
    private const int Half = 10;
    private const int OpSet = 17;
    private const int IrVersion = 8;

    /// <summary>Name of the input for a residual.</summary>
    public static string Given(int residual) => string.Create(CultureInfo.InvariantCulture, $"given_{residual}");

    /// <summary>Name of the output for a residual.</summary>
    public static string Weighed(int residual) => string.Create(CultureInfo.InvariantCulture, $"weighed_{residual}");

    /// <summary>Whether residuals can have that type.</summary>
    public static bool Knows(TensorElementType type) => type is TensorElementType.Float or TensorElementType.Float16;

    /// <summary>Makes the graph.</summary>
    /// <param name="residuals">Each one's number of axes, the axis of its rows, the type that comes and the type that is wanted.</param>
    /// <param name="settings">Where it computes.</param>
    public static OnnxGraph Load(IReadOnlyList<(int Axes, int RowAxis, TensorElementType Given, TensorElementType Wanted)> residuals, SessionSettings settings)
    {
        var graph = new ProtoMessage().Text(2, "residuals").Message(11, Value(Weights, Single, 2));
        graph.Message(5, Constant("zero", Single, [], MemoryMarshal.AsBytes<float>([0f])));
        for (var i = 0; i < residuals.Count; i++)
        {
            var (axes, rowAxis, given, wanted) = residuals[i];
            string Name(string what) => $"{what}_{i}";
            var shape = new long[axes];
            Array.Fill(shape, 1);
            shape[rowAxis] = -1;
            graph.Message(11, Value(Given(i), TypeOf(given), axes)).Message(12, Value(Weighed(i), TypeOf(wanted), axes))
                .Message(5, Constant(Name("at"), Whole, [], MemoryMarshal.AsBytes<long>([i]))).Message(5, Constant(Name("shape"), Whole, [axes], MemoryMarshal.AsBytes<long>(shape)))
                .Message(1, Node("Gather", [Weights, Name("at")], Name("row"))).Message(1, Node("Reshape", [Name("row"), Name("shape")], Name("weight")))
                .Message(1, Node("Equal", [Name("weight"), "zero"], Name("silent"))).Message(1, Cast(Given(i), Name("single"), Single))
                .Message(1, Node("Mul", [Name("single"), Name("weight")], Name("product")))
                // Not a product with zero: a residual that is not finite must not count either.
                .Message(1, Node("Where", [Name("silent"), "zero", Name("product")], Name("chosen")))
                .Message(1, Cast(Name("chosen"), Weighed(i), TypeOf(wanted)));
        }
        var model = new ProtoMessage().Number(1, IrVersion).Message(7, graph).Message(8, new ProtoMessage().Text(1, "").Number(2, OpSet));
        return OnnxGraph.Of(model.ToArray(), "the weights of a ControlNet's residuals", settings);
    }

    private const int Whole = 7;

    private static int TypeOf(TensorElementType type) => type == TensorElementType.Float16 ? Half : Single;

    private static ProtoMessage Node(string op, string[] inputs, string output)
    {
        var node = new ProtoMessage();
        foreach (var input in inputs) node.Text(1, input);
        return node.Text(2, output).Text(4, op);
    }

    private static ProtoMessage Cast(string input, string output, int type) =>
        Node("Cast", [input], output).Message(5, new ProtoMessage().Text(1, "to").Number(3, type).Number(20, 2));

    private static ProtoMessage Constant(string name, int type, long[] shape, ReadOnlySpan<byte> values)
    {
        var tensor = new ProtoMessage();
        foreach (var axis in shape) tensor.Number(1, axis);
        return tensor.Number(2, type).Text(8, name).Bytes(9, values);
    }

    private static ProtoMessage Value(string name, int type, int axes)
    {
        var shape = new ProtoMessage();
        for (var i = 0; i < axes; i++) shape.Message(1, new ProtoMessage().Text(2, string.Create(CultureInfo.InvariantCulture, $"{name}_{i}")));
        return new ProtoMessage().Text(1, name).Message(2, new ProtoMessage().Message(1, new ProtoMessage().Number(1, type).Message(2, shape)));
    }
}
