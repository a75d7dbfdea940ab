using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace Niche.Inference.Models;

/// <summary>
/// Inputs and outputs of a graph that runs many times, bound at the first run. On the processor the graph reads and writes the host's tensors in place.
/// On a device each has a twin there: what stays is uploaded once, what changes before every run, and the outputs come down after it. Where runs are
/// captured the twins are those of an earlier picture of the same form. Callers hold single precision; graphs may take and give half.
/// </summary>
internal sealed class StepBinding(OnnxGraph graph) : IDisposable
{
    private const string CaptureId = "gpu_graph_id";
    private readonly OrtIoBinding _binding = graph.Session.CreateIoBinding();
    private readonly List<(string Name, OrtValue Host)> _constants = [];
    private readonly List<(string Name, OrtValue Host)> _changing = [];
    private readonly List<(string Name, OrtValue Host)> _outputs = [];
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

    /// <summary>Runs the graph; outputs are on the host when it returns.</summary>
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
    }

    private void Rebind()
    {
        foreach (var (name, host) in _changing) _binding.BindInput(name, host);
        _binding.SynchronizeBoundInputs();
    }

    private OrtValue? Twin(string name, OrtValue host)
    {
        if (_twins!.Tensors.TryGetValue(name, out var kept)) return kept;
        var made = graph.Memory?.Twin(name, host);
        if (made is not null) _twins.Tensors.Add(name, made);
        return made;
    }

    private string Form() => string.Join(';', _constants.Concat(_changing).Concat(_outputs).Select(one => $"{one.Name} {string.Join(' ', one.Host.GetTensorTypeAndShape().Shape)}"));
}
