using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Niche.Inference.Models;

namespace Niche.Inference.Text;

/// <summary>
/// A decoder-only graph in the optimum layout, and what exports differ in: positions as an input or counted inside, logits of all places or of
/// the last ones, caches and logits in single or half precision. Running it is safe from many threads.
/// </summary>
internal sealed class DecoderGraph : IDisposable
{
    private readonly OnnxGraph _graph;
    private readonly WholeMasks _whole;
    private readonly string? _keep;
    private readonly string[] _past;
    private readonly string[] _inputs;
    private readonly string[] _outputs;

    private DecoderGraph(OnnxGraph graph, DecoderConfig config, string? keep, int mostLogits)
    {
        (_graph, Config, _keep) = (graph, config, keep);
        LongestPart = keep is null ? Math.Max(1, mostLogits / config.Vocabulary) : int.MaxValue;
        HasPositions = graph.Session.InputMetadata.ContainsKey(DecoderNames.Positions);
        _past = DecoderNames.Past(config.Layers);
        _whole = new WholeMasks(graph.InputType(DecoderNames.Mask));
        _inputs = [DecoderNames.Ids, DecoderNames.Mask, .. HasPositions ? [DecoderNames.Positions] : Array.Empty<string>(),
            .. keep is null ? Array.Empty<string>() : [keep], .. _past];
        HasHalfLogits = graph.Session.OutputMetadata[DecoderNames.Logits].ElementDataType == TensorElementType.Float16;
        _outputs = [DecoderNames.Logits, .. DecoderNames.Present(config.Layers)];
    }

    public DecoderConfig Config { get; }

    /// <summary>Whether positions are an input: without it rows of different length cannot share a run.</summary>
    public bool HasPositions { get; }

    /// <summary>Whether logits come in half precision.</summary>
    public bool HasHalfLogits { get; }

    /// <summary>Whether the graph can leave out the logits of places that nobody reads.</summary>
    public bool KeepsLast => _keep is not null;

    /// <summary>How much of a prompt is read at a time: exports that cannot leave logits out make a gigabyte of them for a long one.</summary>
    public int LongestPart { get; }

    /// <summary>Loads <c>model.onnx</c> and holds it against the configuration.</summary>
    /// <param name="folder">A verified text model.</param>
    /// <param name="settings">Threads.</param>
    /// <param name="config">Its configuration.</param>
    /// <param name="mostLogits">Numbers that a run for the next token may put out.</param>
    /// <exception cref="ModelFolderException">Not a graph, or one of another shape.</exception>
    public static DecoderGraph Load(ModelFolder folder, SessionSettings settings, DecoderConfig config, int mostLogits = 1 << 26)
    {
        var graph = OnnxGraph.Load(folder, "model.onnx", settings,
            [DecoderNames.Ids, DecoderNames.Mask, .. DecoderNames.Past(config.Layers)], [DecoderNames.Logits, .. DecoderNames.Present(config.Layers)]);
        if (DecoderShape.Misfit(graph.Session, config) is not { } misfit)
            return new DecoderGraph(graph, config, DecoderNames.Keep.FirstOrDefault(graph.Session.InputMetadata.ContainsKey), mostLogits);
        graph.Dispose();
        throw new ModelFolderException("graph_invalid", graph.File, misfit);
    }

    /// <summary>Caches of no tokens.</summary>
    public OrtValue[] EmptyCache() => Array.ConvertAll(_past, name => Allocate(1, 0, _graph.InputType(name)));

    /// <summary>Memory of one cache, not cleared.</summary>
    public OrtValue Allocate(int rows, int width, TensorElementType type) =>
        OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, type, [rows, Config.CacheHeads, width, Config.HeadSize]);

    /// <summary>Inputs, the caches among them.</summary>
    public int InputCount => _inputs.Length;

    /// <summary>What goes in besides the caches.</summary>
    public DecoderInputs Inputs() => new(_graph, _keep, _whole);

    /// <summary>Runs the graph; the caller disposes what comes out, logits first, then the caches.</summary>
    /// <param name="values">What goes in, the caches last; all stay the caller's.</param>
    /// <param name="clock">Measures the run.</param>
    /// <param name="options">Carries the caller's wish to stop.</param>
    /// <exception cref="InferenceException">The runtime gave up.</exception>
    public IReadOnlyList<OrtValue> Run(OrtValue[] values, RunClock clock, RunOptions options)
    {
        try
        {
            return clock.Run(_graph, options, _inputs, values, _outputs);
        }
        catch (OnnxRuntimeException e) when (!options.Terminate)
        {
            throw MemoryShortage.Is(e) ? MemoryShortage.Error(e) : new InferenceException("graph_failed", $"The language model could not be run: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        _graph.Dispose();
        _whole.Dispose();
    }
}
