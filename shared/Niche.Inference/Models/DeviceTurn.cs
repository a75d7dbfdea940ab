using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Providers;

namespace Niche.Inference.Models;

/// <summary>
/// The turn of one thread at a device that takes only one: sessions of the WebGPU provider share one context in a process, which two threads at once
/// crash. Nothing on the others. Leaving is disposing; a thread that has its turn may take it again.
/// </summary>
internal readonly ref struct DeviceTurn
{
    private readonly object? _gate;

    /// <summary>Waits for the turn.</summary>
    /// <param name="provider">What computes.</param>
    public DeviceTurn(ExecutionProvider provider)
    {
        // The context hangs on the environment, of which a process has one: the natural thing to hold on to.
        _gate = provider == ExecutionProvider.WebGpu ? OrtEnv.Instance() : null;
        if (_gate is not null) Monitor.Enter(_gate);
    }

    public void Dispose()
    {
        if (_gate is not null) Monitor.Exit(_gate);
    }
}
