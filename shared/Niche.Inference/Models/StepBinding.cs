using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Niche.Inference.Models;

/// <summary>
/// Inputs and outputs of a graph that runs many times, bound at the first run. On the processor the graph reads and writes the host's tensors in place.
/// On a device each has a twin there: what stays is uploaded once, what changes before every run, and the outputs come down after it. Where runs are
/// captured the twins are those of an earlier picture of the same form. Callers hold single precision; graphs may take and give half. What one graph
/// gives another lies where they compute and is never on the host (<see cref="There"/>).
/// </summary>
internal sealed class StepBinding(OnnxGraph graph) : IDisposable
{
    private const string CaptureId = "gpu_graph_id";
    private readonly OrtIoBinding _binding = graph.Session.CreateIoBinding();
    private readonly List<(string Name, OrtValue Host)> _constants = [];
    private readonly List<(string Name, OrtValue Host)> _changing = [];
    private readonly List<(string Name, OrtValue Host)> _outputs = [];
    private readonly List<(string Name, long[] Shape)> _inputsThere = [];
    private readonly List<(string Name, long[] Shape)> _outputsThere = [];
    private readonly List<(string Name, OrtValue Tensor)> _inputsElsewhere = [];
    private readonly List<(string Name, OrtValue Tensor)> _outputsElsewhere = [];
    private readonly List<(OrtValue[] Host, OrtValue[] Device)> _up = [];
    private readonly List<(OrtValue[] Host, OrtValue[] Device)> _down = [];
    private readonly List<HalfTensor> _narrowedOnce = [];
    private readonly List<HalfTensor> _narrowed = [];
    private readonly List<HalfTensor> _widened = [];
    private TwinSet? _twins;

    /// <summary>An input that has its value at the first run and keeps it.</summary>
    public void Constant(string name, OrtValue host) => _constants.Add((name, Narrow(name, host, _narrowedOnce)));

    /// <summary>An input that is written before every run.</summary>
    public void Changing(string name, OrtValue host) => _changing.Add((name, Narrow(name, host, _narrowed)));

    /// <summary>An output.</summary>
    public void Output(string name, OrtValue host)
    {
        var half = HalfTensor.For(graph.Session.OutputMetadata[name].ElementDataType, host);
        if (half is not null) _widened.Add(half);
        _outputs.Add((name, half?.Value ?? host));
    }

    /// <summary>An input that another graph writes, into the tensor that <see cref="There"/> gives.</summary>
    public void InputThere(string name, long[] shape) => _inputsThere.Add((name, shape));

    /// <summary>An output that another graph reads, from the tensor that <see cref="There"/> gives.</summary>
    public void OutputThere(string name, long[] shape) => _outputsThere.Add((name, shape));

    /// <summary>An input that is another graph's output.</summary>
    public void InputElsewhere(string name, OrtValue tensor) => _inputsElsewhere.Add((name, tensor));

    /// <summary>An output that is another graph's input.</summary>
    public void OutputElsewhere(string name, OrtValue tensor) => _outputsElsewhere.Add((name, tensor));

    /// <summary>The tensor of an input or output that two graphs share, of the graph's own type, with whatever it happens to hold; it lives as long as this.</summary>
    public OrtValue There(string name)
    {
        using var turn = graph.Turn();
        if (_twins is null) Bind();
        return _twins!.Tensors[name];
    }

    /// <summary>Runs the graph; outputs are on the host when it returns, but for those that another graph reads.</summary>
    /// <param name="clock">Counts the time inside the graph, without the copies.</param>
    /// <param name="options">Carries the caller's wish to stop.</param>
    public void Run(RunClock clock, RunOptions options)
    {
        using var turn = graph.Turn();
        foreach (var half in _narrowed) half.Narrow();
        if (_twins is null) Bind();
        foreach (var (host, device) in _up) graph.Memory!.Copy(host, device);

        // Without memory of our own on the device the runtime copies what is bound when it is bound, and never looks again.
        if (graph is { InPlace: false, Memory: null }) Rebind();
        if (graph.Captured is not null) options.AddRunConfigEntry(CaptureId, _twins!.Id.ToString(CultureInfo.InvariantCulture));
        clock.Run(graph, options, _binding);
        if (!graph.InPlace) _binding.SynchronizeBoundOutputs();
        foreach (var (host, device) in _down) graph.Memory!.Copy(device, host);
        foreach (var half in _widened) half.Widen();
    }

    public void Dispose()
    {
        using var turn = graph.Turn();
        _binding.Dispose();
        foreach (var half in _narrowedOnce.Concat(_narrowed).Concat(_widened)) half.Dispose();
        if (_twins is null) return;
        if (graph.Captured is { } sets) sets.Return(_twins);
        else _twins.Dispose();
    }

    private OrtValue Narrow(string name, OrtValue host, List<HalfTensor> list)
    {
        var half = HalfTensor.For(graph.InputType(name), host);
        if (half is null) return host;
        list.Add(half);
        return half.Value;
    }

    private void Bind()
    {
        foreach (var half in _narrowedOnce) half.Narrow();
        _twins = graph.Captured?.Rent(Form()) ?? new TwinSet(-1, "");
        foreach (var (name, host) in _constants)
        {
            var device = Twin(name, host);
            if (device is not null) graph.Memory!.Copy([host], [device]);
            _binding.BindInput(name, device ?? host);
        }
        foreach (var (name, host) in _changing)
        {
            var device = Twin(name, host);
            if (device is not null) _up.Add(([host], [device]));
            _binding.BindInput(name, device ?? host);
        }
        foreach (var (name, host) in _outputs)
        {
            var device = Twin(name, host);
            if (device is not null) _down.Add(([host], [device]));
            _binding.BindOutput(name, device ?? host);
        }
        foreach (var (name, shape) in _inputsThere) _binding.BindInput(name, Place(name, graph.InputType(name), shape));
        foreach (var (name, shape) in _outputsThere) _binding.BindOutput(name, Place(name, graph.Session.OutputMetadata[name].ElementDataType, shape));
        foreach (var (name, tensor) in _inputsElsewhere) _binding.BindInput(name, tensor);
        foreach (var (name, tensor) in _outputsElsewhere) _binding.BindOutput(name, tensor);
    }

    private void Rebind()
    {
        foreach (var (name, host) in _changing) _binding.BindInput(name, host);
        foreach (var (name, _) in _inputsThere) _binding.BindInput(name, _twins!.Tensors[name]);
        foreach (var (name, tensor) in _inputsElsewhere) _binding.BindInput(name, tensor);
        _binding.SynchronizeBoundInputs();
    }

    private OrtValue? Twin(string name, OrtValue host)
    {
        if (_twins!.Tensors.TryGetValue(name, out var kept)) return kept;
        var form = host.GetTensorTypeAndShape();
        var made = graph.Memory?.Tensor(name, form.ElementDataType, form.Shape);
        if (made is not null) _twins.Tensors.Add(name, made);
        return made;
    }

    private OrtValue Place(string name, TensorElementType type, long[] shape)
    {
        if (_twins!.Tensors.TryGetValue(name, out var kept)) return kept;
        var made = graph.Memory?.Tensor(name, type, shape) ?? OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, type, shape);
        _twins.Tensors.Add(name, made);
        return made;
    }

    private string Form() => string.Join(';', _constants.Concat(_changing).Concat(_outputs).Select(one => (one.Name, one.Host.GetTensorTypeAndShape().Shape))
        .Concat(_inputsThere).Concat(_outputsThere).Select(one => $"{one.Name} {string.Join(' ', one.Shape)}"));
}
