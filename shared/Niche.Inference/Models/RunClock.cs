using Microsoft.ML.OnnxRuntime;

namespace Niche.Inference.Models;

/// <summary>Adds up the time spent inside ONNX Runtime, so that the cost of everything around it can be measured.</summary>
public sealed class RunClock(TimeProvider time)
{
    private long _ticks;

    /// <summary>Time inside ONNX Runtime so far.</summary>
    public TimeSpan Elapsed => TimeSpan.FromSeconds((double)_ticks / time.TimestampFrequency);

    /// <summary>Number of calls so far.</summary>
    public int Calls { get; private set; }

    /// <summary>Runs a graph over tensors bound beforehand; allocates nothing.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="options">Carries the caller's wish to stop.</param>
    /// <param name="binding">Inputs and outputs.</param>
    public void Run(OnnxGraph graph, RunOptions options, OrtIoBinding binding)
    {
        using var turn = graph.Turn();
        var start = time.GetTimestamp();
        if (graph.Thread is { } thread) RunOn(thread, graph, options, binding);
        else graph.Session.RunWithBinding(options, binding);
        Stop(start);
    }

    /// <summary>Runs a graph; the runtime allocates the outputs and the caller disposes them.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="options">Carries the caller's wish to stop.</param>
    /// <param name="names">Input names.</param>
    /// <param name="values">Input tensors, in the order of the names.</param>
    /// <param name="outputs">Output names.</param>
    public IDisposableReadOnlyCollection<OrtValue> Run(
        OnnxGraph graph,
        RunOptions options,
        IReadOnlyCollection<string> names,
        IReadOnlyCollection<OrtValue> values,
        IReadOnlyCollection<string> outputs)
    {
        using var turn = graph.Turn();
        var start = time.GetTimestamp();
        var result = graph.Session.Run(options, names, values, outputs);
        Stop(start);
        return result;
    }

    /// <summary>Runs a graph over numbers of single precision, as <see cref="OnnxGraph.RunTyped"/> does.</summary>
    internal IDisposableReadOnlyCollection<OrtValue> RunTyped(OnnxGraph graph, RunOptions options, string[] names, OrtValue[] values, string[] outputs)
    {
        using var turn = graph.Turn();
        var start = time.GetTimestamp();
        var result = graph.RunTyped(options, names, values, outputs);
        Stop(start);
        return result;
    }

    // Apart, because the closure would cost every run that needs none.
    private static void RunOn(RunThread thread, OnnxGraph graph, RunOptions options, OrtIoBinding binding) =>
        thread.Do(() => graph.Session.RunWithBinding(options, binding));

    private void Stop(long start)
    {
        _ticks += time.GetTimestamp() - start;
        Calls++;
    }
}
