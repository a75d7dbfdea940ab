using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Niche.Inference.Providers;

namespace Niche.Inference.Models;

/// <summary>One loaded ONNX graph of a model folder. Running it is safe from many threads.</summary>
public sealed class OnnxGraph : IDisposable
{
    private readonly HostTensor<float>[] _changed;
    private readonly ExecutionProvider _provider;

    private OnnxGraph(InferenceSession session, string file, HostTensor<float>[] changed, SessionSettings settings, bool captures)
    {
        (Session, File, _changed) = (session, file, changed);
        _provider = settings.Provider.Kind;
        InPlace = settings is { Provider.Kind: ExecutionProvider.Cpu, StandIn: DeviceStandIn.None };
        Memory = DeviceMemory.Open(session, settings.Provider, settings.StandIn);
        if (!captures) return;
        Captured = new TwinSets();
        Thread = new RunThread(file);
    }

    /// <summary>The session, for callers that hold their tensors themselves.</summary>
    public InferenceSession Session { get; }

    /// <summary>Path of the graph, for error messages.</summary>
    public string File { get; }

    /// <summary>Whether the graph reads and writes the host's tensors without copying them.</summary>
    internal bool InPlace { get; }

    /// <summary>The device's memory; null when there is none, or none that can be copied to.</summary>
    internal DeviceMemory? Memory { get; }

    /// <summary>Tensors that captured runs are tied to; null where runs are not captured.</summary>
    internal TwinSets? Captured { get; }

    /// <summary>The thread that captured runs are tied to.</summary>
    internal RunThread? Thread { get; }

    /// <summary>Loads a graph and checks the names of its inputs and outputs.</summary>
    /// <param name="folder">A verified folder.</param>
    /// <param name="file">Relative path of the graph.</param>
    /// <param name="settings">Provider and threads.</param>
    /// <param name="inputs">Names that the caller will bind.</param>
    /// <param name="outputs">Names that the caller will read.</param>
    /// <param name="ranges">Ranges of open axes by input and axis, for providers that build an engine for them; null where they are not known.</param>
    /// <param name="steps">Whether it runs again and again through a <see cref="StepBinding"/>, so that its runs can be captured.</param>
    /// <exception cref="ModelFolderException">Not a graph, or one with other names.</exception>
    public static OnnxGraph Load(
        ModelFolder folder, string file, SessionSettings settings, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs,
        Func<string, int, Bounds<int>?>? ranges = null, bool steps = false)
    {
        var path = folder.PathOf(file);
        ExternalData.Check(folder, file);
        HostTensor<float>[] changed = [];
        using var turn = new DeviceTurn(settings.Provider.Kind);
        var captures = steps && settings.Provider.CudaGraphs && (settings.Provider.Kind == ExecutionProvider.Cuda || settings.StandIn == DeviceStandIn.Copying);
        var session = Open(path, settings, ranges, captures, LoraWeights.For(folder, file), ref changed);
        var missing = inputs.Where(name => !session.InputMetadata.ContainsKey(name))
            .Concat(outputs.Where(name => !session.OutputMetadata.ContainsKey(name))).ToArray();
        if (missing.Length == 0) return new OnnxGraph(session, path, changed, settings, captures);
        session.Dispose();
        throw new ModelFolderException(
            "graph_invalid", path, $"the graph lacks {string.Join(", ", missing)}; is this the right kind of model?");
    }

    /// <summary>Loads a graph that was made here.</summary>
    /// <param name="model">The bytes of an ONNX file without weights elsewhere.</param>
    /// <param name="name">What it is, for error messages.</param>
    /// <param name="settings">Provider and threads.</param>
    internal static OnnxGraph Of(byte[] model, string name, SessionSettings settings)
    {
        using var turn = new DeviceTurn(settings.Provider.Kind);
        using var options = OptionsOf(settings);
        ProviderOptions.Append(options, settings.Provider, null, captures: false);
        return new OnnxGraph(new InferenceSession(model, options), name, [], settings, captures: false);
    }

    /// <summary>Element type of an input: exporters disagree on 32 or 64 bits for token ids.</summary>
    /// <param name="name">Input name.</param>
    public TensorElementType InputType(string name) => Session.InputMetadata[name].ElementDataType;

    /// <summary>Size of one axis of an input, or null when the graph leaves it open.</summary>
    /// <param name="name">Input name.</param>
    /// <param name="axis">Axis, from 0.</param>
    public int? InputAxis(string name, int axis)
    {
        var shape = Session.InputMetadata[name].Dimensions;
        return axis < shape.Length && shape[axis] > 0 ? shape[axis] : null;
    }

    /// <summary>Runs over numbers of single precision, which the graph may take as halves; results are read with <see cref="HalfTensor.Read"/>.</summary>
    /// <param name="options">Carries the caller's wish to stop.</param>
    /// <param name="names">Input names.</param>
    /// <param name="values">Input tensors, in the order of the names.</param>
    /// <param name="outputs">Output names.</param>
    internal IDisposableReadOnlyCollection<OrtValue> RunTyped(RunOptions options, string[] names, OrtValue[] values, IReadOnlyCollection<string> outputs)
    {
        var halves = new HalfTensor?[names.Length];
        try
        {
            for (var i = 0; i < names.Length; i++)
            {
                halves[i] = HalfTensor.For(InputType(names[i]), values[i]);
                halves[i]?.Narrow();
            }
            return Session.Run(options, names, [.. values.Select((value, i) => halves[i]?.Value ?? value)], outputs);
        }
        finally
        {
            foreach (var half in halves) half?.Dispose();
        }
    }

    /// <summary>Waits until this thread may use the device.</summary>
    internal DeviceTurn Turn() => new(_provider);

    /// <summary>Allocates a zeroed tensor where the device copies from the fastest.</summary>
    /// <param name="shape">Axes, outermost first.</param>
    internal HostTensor<T> NewTensor<T>(params ReadOnlySpan<long> shape)
        where T : unmanaged => Memory?.PageLocked is { } pageLocked ? new HostTensor<T>(pageLocked, shape) : new HostTensor<T>(shape);

    /// <inheritdoc/>
    public void Dispose()
    {
        using var turn = Turn();
        Thread?.Dispose();
        Captured?.Dispose();
        Memory?.Dispose();
        Session.Dispose();
        foreach (var tensor in _changed) tensor.Dispose();
    }

    private static InferenceSession Open(
        string path, SessionSettings settings, Func<string, int, Bounds<int>?>? ranges, bool captures, IReadOnlyList<OnnxTensor> weights, ref HostTensor<float>[] changed)
    {
        using var options = OptionsOf(settings);
        // The session reads these in place of the file's own, as long as it lives.
        changed = [.. weights.Select(tensor => new HostTensor<float>(tensor.Shape))];
        for (var i = 0; i < changed.Length; i++)
        {
            weights[i].Values.CopyTo(changed[i].Data);
            options.AddInitializer(weights[i].Name, changed[i].Value);
        }
        try
        {
            var profile = settings.Provider.Kind == ExecutionProvider.TensorRt && ranges is not null ? ShapeProfile.Of(OnnxTensors.Inputs(path), ranges) : null;
            ProviderOptions.Append(options, settings.Provider, profile, captures);
            return new InferenceSession(path, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelFolderException("graph_invalid", path, $"ONNX Runtime cannot load it: {e.Message}", e);
        }
    }

    private static SessionOptions OptionsOf(SessionSettings settings)
    {
        // What goes wrong comes as an exception; a captured run would print a warning a step.
        OrtEnv.Instance().EnvLogLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR;
        var options = new SessionOptions
        {
            IntraOpNumThreads = settings.EffectiveThreads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = settings.BlockedLayout
                ? GraphOptimizationLevel.ORT_ENABLE_ALL
                : GraphOptimizationLevel.ORT_ENABLE_EXTENDED,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        // Waiting threads sleep: several endpoints share a laptop, and an idle one must cost nothing.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return options;
    }
}
