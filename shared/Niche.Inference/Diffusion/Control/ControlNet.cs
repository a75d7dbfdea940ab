using System.Collections.Concurrent;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Niche.Inference.Images;
using Niche.Inference.Models;

namespace Niche.Inference.Diffusion.Control;

/// <summary>
/// A loaded ControlNet and where its residuals go in the denoiser. Exporters agree on inputs but not on the names of outputs, and torch gives the second
/// tensor the name of the last when it runs out of them; so outputs are taken in the order of the graph: the middle block's comes last, or first where it
/// is called so.
/// </summary>
internal sealed class ControlNet : IControl
{
    public const string File = "controlnet/model.onnx";
    public const string Picture = "controlnet_cond";
    public const string Scale = "conditioning_scale";
    public const string Mode = "controlnet_mode";
    private const string Configuration = "controlnet/config.json";
    private readonly ConcurrentDictionary<(long Height, long Width), long[][]> _shapes = new();
    private readonly ConcurrentDictionary<OnnxGraph, Lazy<OnnxGraph>> _weighing = new();
    private readonly SessionSettings _settings;

    private ControlNet(OnnxGraph graph, ControlForm form, ShownForm shown, string[] outputs, string[] inputs, bool zeroPooled, SessionSettings settings) =>
        (Graph, Form, Shown, Outputs, DenoiserInputs, ZeroPooled, _settings) = (graph, form, shown, outputs, inputs, zeroPooled, settings);

    public OnnxGraph Graph { get; }

    public ControlForm Form { get; }

    public ShownForm Shown { get; }

    /// <summary>The graph's outputs, from the shallowest block to the deepest.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>The denoiser's inputs for them, in the same order.</summary>
    public IReadOnlyList<string> DenoiserInputs { get; }

    /// <summary>Whether it was trained without the pooled text (the first ones of SD3).</summary>
    public bool ZeroPooled { get; }

    /// <summary>Loads the ControlNet of a folder; null when there is none and the denoiser wants none.</summary>
    /// <param name="folder">A verified folder.</param>
    /// <param name="settings">Threads.</param>
    /// <param name="denoiser">The denoiser that takes the residuals.</param>
    /// <param name="family">What both belong to.</param>
    /// <param name="file">Its graph.</param>
    /// <exception cref="ModelFolderException">The two do not fit together; the message names what is missing or not known.</exception>
    public static ControlNet? Load(ModelFolder folder, SessionSettings settings, OnnxGraph denoiser, PipelineFamily family, string file = File)
    {
        var form = ControlForm.Of(family);
        var inputs = form.InputsOf(denoiser);
        if (inputs.Length == 0 && !folder.Has(file)) return null;
        if (inputs.Length < (form.Transformer ? 1 : 2))
            throw new ModelFolderException("graph_invalid", denoiser.File, $"the folder has {file}, but this denoiser lacks {form.Wanted}; export it with them");
        var graph = OnnxGraph.Load(folder, file, settings, [form.Latents, DenoiserForm.Timestep, Picture, .. form.Transformer ? Array.Empty<string>() : [ControlForm.Text]], []);
        try
        {
            var outputs = form.InOrder(graph.Session.OutputNames);
            Check(graph, form, outputs, denoiser, inputs);
            var zeroPooled = family == PipelineFamily.StableDiffusion3 && SaysZeroPooled(folder);
            return new ControlNet(graph, form, ShownForm.Of(folder, graph, form, shifted: !zeroPooled), outputs, inputs, zeroPooled, settings);
        }
        catch (ModelFolderException)
        {
            graph.Dispose();
            throw;
        }
    }

    /// <summary>Axes of the residuals at a size of latents; measured once.</summary>
    public long[][] Shapes(long height, long width, Func<long[][]> measure) => _shapes.GetOrAdd((height, width), _ => measure());

    /// <summary>Whether the graph wants to be told that input.</summary>
    public bool Takes(string input) => Graph.Session.InputMetadata.ContainsKey(input);

    /// <summary>What weighs the residuals on their way into a denoiser; made when first needed.</summary>
    public OnnxGraph WeighingFor(OnnxGraph denoiser) => _weighing.GetOrAdd(denoiser, one => new Lazy<OnnxGraph>(() => ResidualWeights.Load(
        [.. Outputs.Select((output, i) => (Graph.Session.OutputMetadata[output], one.InputType(DenoiserInputs[i])))
            .Select(pair => (pair.Item1.Dimensions.Length, Form.RowAxis(pair.Item1.Dimensions.Length), pair.Item1.ElementDataType, pair.Item2))], _settings))).Value;

    public bool Modes => Takes(Mode);

    public object? Shared(ControlPicture? picture) => null;

    public void Require(ControlPicture? picture)
    {
        if (picture is null) return;
        if (picture.Guess && Form.Transformer)
            throw new InferenceException("control_guess_unsupported", "Only ControlNets of Stable Diffusion 1, 2 and XL can guess; leave guessing out.");
        if (picture.Mode is null && Modes)
            throw new InferenceException("control_mode_missing", "This model's ControlNet was trained for several kinds of pictures: say by its mode which one this is.");
        if (picture.Mode is not null && !Modes)
            throw new InferenceException("control_mode_unsupported", "This model's ControlNet knows one kind of picture; leave the mode out.");
    }

    public float[] See(RgbImage image, ReadOnlySpan<long> shape, Func<RgbImage, bool, float[]> encode) => Shown.See(image, shape, encode);

    public IControlRun Bind(OnnxGraph denoiser, Conditioning rows, ReadOnlySpan<long> shape, IReadOnlyList<PaintedPicture> pictures, RunOptions options) =>
        new ControlRun(this, denoiser, rows, shape, pictures, options);

    public void Dispose()
    {
        foreach (var weighing in _weighing.Values) weighing.Value.Dispose();
        Graph.Dispose();
    }

    // Without a configuration what diffusers assumes holds.
    private static bool SaysZeroPooled(ModelFolder folder) =>
        !folder.Has(Configuration) || folder.ReadJson(Configuration) is not { ValueKind: System.Text.Json.JsonValueKind.Object } json
        || !json.TryGetProperty("force_zeros_for_pooled_projection", out var flag) || flag.ValueKind != System.Text.Json.JsonValueKind.False;

    private static void Check(OnnxGraph graph, ControlForm form, string[] outputs, OnnxGraph denoiser, string[] inputs)
    {
        var unknown = graph.Session.InputMetadata.Keys.Except([form.Latents, DenoiserForm.Timestep, Picture, Scale, Mode, .. form.Told]).ToArray();
        if (unknown.Length > 0) throw new ModelFolderException("graph_invalid", graph.File, $"the graph wants {string.Join(", ", unknown)}, which is not known here");
        if (graph.Session.InputMetadata.ContainsKey(Scale) && !ResidualWeights.Knows(graph.InputType(Scale)))
            throw new ModelFolderException("graph_invalid", graph.File, $"{Scale} must be of single or half precision");
        if (graph.Session.InputMetadata.ContainsKey(Mode) && graph.InputType(Mode) is not (TensorElementType.Int64 or TensorElementType.Int32))
            throw new ModelFolderException("graph_invalid", graph.File, $"{Mode} must be a whole number");
        if (outputs.Length != inputs.Length)
            throw new ModelFolderException("graph_invalid", graph.File, $"the graph gives {outputs.Length} residuals and the denoiser takes {inputs.Length}; are they of one family?");
        for (var i = 0; i < outputs.Length; i++)
        {
            var (given, taken) = (graph.Session.OutputMetadata[outputs[i]], denoiser.Session.InputMetadata[inputs[i]]);
            var (axes, wanted) = (given.Dimensions, taken.Dimensions);
            var row = form.RowAxis(axes.Length);
            if (axes.Length >= 3 && axes.Length == wanted.Length && (form.Transformer || axes.Length == 4) && ResidualWeights.Knows(given.ElementDataType) && ResidualWeights.Knows(taken.ElementDataType)
                && Enumerable.Range(0, axes.Length).All(axis => axis == row || axes[axis] <= 0 || wanted[axis] <= 0 || axes[axis] == wanted[axis])) continue;
            throw new ModelFolderException("graph_invalid", graph.File, $"{outputs[i]} is {given.ElementDataType} [{string.Join(", ", axes)}] and {inputs[i]} of the denoiser is {taken.ElementDataType} [{string.Join(", ", wanted)}]; are they of one family?");
        }
    }
}
