using Microsoft.ML.OnnxRuntime;

namespace Niche.Inference.Models;

/// <summary>
/// Inputs and outputs of a graph that runs many times, bound once. On the processor the graph reads and writes the host's tensors in place. On a
/// device each has a twin there: what stays is uploaded once, what changes before every run, and the outputs come down after it.
/// </summary>
internal sealed class StepBinding(OnnxGraph graph) : IDisposable
{
    private readonly OrtIoBinding _binding = graph.Session.CreateIoBinding();
    private readonly List<(OrtValue[] Host, OrtValue[] Device)> _up = [];
    private readonly List<(OrtValue[] Host, OrtValue[] Device)> _down = [];
    private readonly List<(string Name, OrtValue Host)> _again = [];
    private readonly List<OrtValue> _constants = [];

    /// <summary>An input that has its value already and keeps it.</summary>
    public void Constant(string name, OrtValue host)
    {
        using var turn = graph.Turn();
        if (graph.Memory?.Twin(name, host) is not { } device)
        {
            _binding.BindInput(name, host);
            return;
        }
        _constants.Add(device);
        graph.Memory.Copy([host], [device]);
        _binding.BindInput(name, device);
    }

    /// <summary>An input that is written before every run.</summary>
    public void Changing(string name, OrtValue host)
    {
        using var turn = graph.Turn();
        if (graph.Memory?.Twin(name, host) is { } device)
        {
            _up.Add(([host], [device]));
            _binding.BindInput(name, device);
            return;
        }
        _binding.BindInput(name, host);

        // Without memory of our own on the device the runtime copies what is bound when it is bound, and never looks again.
        if (!graph.InPlace) _again.Add((name, host));
    }

    /// <summary>An output.</summary>
    public void Output(string name, OrtValue host)
    {
        using var turn = graph.Turn();
        var device = graph.Memory?.Twin(name, host);
        if (device is not null) _down.Add(([host], [device]));
        _binding.BindOutput(name, device ?? host);
    }

    /// <summary>Runs the graph; outputs are on the host when it returns.</summary>
    /// <param name="clock">Counts the time inside the graph, without the copies.</param>
    /// <param name="options">Carries the caller's wish to stop.</param>
    public void Run(RunClock clock, RunOptions options)
    {
        using var turn = graph.Turn();
        foreach (var (host, device) in _up) graph.Memory!.Copy(host, device);
        foreach (var (name, host) in _again) _binding.BindInput(name, host);
        clock.Run(graph, options, _binding);
        foreach (var (host, device) in _down) graph.Memory!.Copy(device, host);
    }

    public void Dispose()
    {
        using var turn = graph.Turn();
        _binding.Dispose();
        foreach (var (_, device) in _up.Concat(_down)) device[0].Dispose();
        foreach (var device in _constants) device.Dispose();
    }
}
