using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Niche.Inference.Models;

namespace Niche.Inference.Diffusion.Control;

/// <summary>
/// A loaded ControlNet and where its residuals go in the UNet. Exporters agree on inputs but not on the names of outputs, and torch gives the second
/// tensor the name of the last when it runs out of them; so outputs are taken in the order of the graph: the middle block's comes last, or first where it
/// is called so.
/// </summary>
internal sealed class ControlNet : IControl
{
    public const string File = "controlnet/model.onnx";
    public const string Sample = "sample";
    public const string Picture = "controlnet_cond";
    public const string Text = "encoder_hidden_states";
    public const string Scale = "conditioning_scale";
    private const string Middle = "mid_block_additional_residual";
    private static readonly string[] Downs = ["down_block_additional_residual_", "down_block_"];
    private static readonly string[] Told = [Text, "text_embeds", "time_ids"];
    private readonly ConcurrentDictionary<(long Height, long Width), long[][]> _shapes = new();

    private ControlNet(OnnxGraph graph, string[] outputs, string[] inputs) => (Graph, Outputs, UnetInputs) = (graph, outputs, inputs);

    public OnnxGraph Graph { get; }

    /// <summary>The graph's outputs, from the shallowest block to the middle one.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>The UNet's inputs for them, in the same order.</summary>
    public IReadOnlyList<string> UnetInputs { get; }

    /// <summary>Loads the ControlNet of a folder; null when there is none and the UNet wants none.</summary>
    /// <param name="folder">A verified folder.</param>
    /// <param name="settings">Threads.</param>
    /// <param name="unet">The UNet that takes the residuals.</param>
    /// <param name="file">Its graph.</param>
    /// <exception cref="ModelFolderException">The two do not fit together; the message names what is missing or not known.</exception>
    public static ControlNet? Load(ModelFolder folder, SessionSettings settings, OnnxGraph unet, string file = File)
    {
        var inputs = InputsOf(unet);
        if (inputs.Length == 0 && !folder.Has(file)) return null;
        if (inputs.Length < 2)
            throw new ModelFolderException("graph_invalid", unet.File, $"the folder has {file}, but this UNet lacks {Downs[0]}0 and so on with {Middle}; export it with them");
        var graph = OnnxGraph.Load(folder, file, settings, [Sample, DenoiserForm.Timestep, Text, Picture], []);
        try
        {
            var outputs = InOrder(graph.Session.OutputNames);
            Check(graph, outputs, unet, inputs);
            return new ControlNet(graph, outputs, inputs);
        }
        catch (ModelFolderException)
        {
            graph.Dispose();
            throw;
        }
    }

    /// <summary>Axes of the residuals at a size of latents, without that of the rows; measured once.</summary>
    public long[][] Shapes(long height, long width, Func<long[][]> measure) => _shapes.GetOrAdd((height, width), _ => measure());

    /// <summary>Whether the graph wants to be told that input.</summary>
    public bool Takes(string input) => Graph.Session.InputMetadata.ContainsKey(input);

    public object? Shared(ControlPicture? picture) => null;

    public void Require(ControlPicture? picture)
    {
        // Everything that a request can ask is done outside of the graph.
    }

    public IControlRun Bind(Conditioning rows, ReadOnlySpan<long> shape, IReadOnlyList<PaintedPicture> pictures, RunOptions options) => new ControlRun(this, rows, shape, pictures, options);

    public void Dispose() => Graph.Dispose();

    private static string[] InputsOf(OnnxGraph unet)
    {
        var names = unet.Session.InputMetadata;
        var head = Downs.FirstOrDefault(one => names.ContainsKey($"{one}0"));
        if (head is null && !names.ContainsKey(Middle)) return [];
        var downs = Enumerable.Range(0, names.Count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{head}{i}")).TakeWhile(names.ContainsKey);
        return [.. downs, .. names.ContainsKey(Middle) ? [Middle] : Array.Empty<string>()];
    }

    private static string[] InOrder(IReadOnlyList<string> outputs) =>
        outputs.Count > 1 && outputs[0].StartsWith("mid", StringComparison.Ordinal) ? [.. outputs.Skip(1), outputs[0]] : [.. outputs];

    private static void Check(OnnxGraph graph, string[] outputs, OnnxGraph unet, string[] inputs)
    {
        var unknown = graph.Session.InputMetadata.Keys.Except([Sample, DenoiserForm.Timestep, Picture, Scale, .. Told]).ToArray();
        if (unknown.Length > 0) throw new ModelFolderException("graph_invalid", graph.File, $"the graph wants {string.Join(", ", unknown)}, which is not known here");
        if (graph.Session.InputMetadata.ContainsKey(Scale) && graph.InputType(Scale) is not (TensorElementType.Float or TensorElementType.Float16))
            throw new ModelFolderException("graph_invalid", graph.File, $"{Scale} must be of single or half precision");
        if (outputs.Length != inputs.Length)
            throw new ModelFolderException("graph_invalid", graph.File, $"the graph gives {outputs.Length} residuals and the UNet takes {inputs.Length}; are they of one family?");
        for (var i = 0; i < outputs.Length; i++)
        {
            var (given, taken) = (graph.Session.OutputMetadata[outputs[i]].Dimensions, unet.Session.InputMetadata[inputs[i]].Dimensions);
            if (given.Length == 4 && taken.Length == 4 && (given[1] <= 0 || taken[1] <= 0 || given[1] == taken[1])) continue;
            throw new ModelFolderException("graph_invalid", graph.File, $"{outputs[i]} is [{string.Join(", ", given)}] and {inputs[i]} of the UNet is [{string.Join(", ", taken)}]; are they of one family?");
        }
    }
}
