using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Niche.Inference.Providers;

namespace Niche.Inference.Models;

/// <summary>
/// The memory of the device that a session computes on, for those inputs and outputs that it takes from there: providers leave a few, such as whole
/// numbers, to the processor. Copies wait until the device is done.
/// </summary>
internal sealed class DeviceMemory : IDisposable
{
    private readonly Dictionary<string, OrtAllocator> _allocators;
    private readonly bool _host;

    private DeviceMemory(Dictionary<string, OrtAllocator> allocators, OrtAllocator? pageLocked, bool host) =>
        (_allocators, PageLocked, _host) = (allocators, pageLocked, host);

    /// <summary>Host memory that the device reads without a copy in between; null where the provider has none.</summary>
    public OrtAllocator? PageLocked { get; }

    /// <summary>Finds where a session wants its inputs and outputs.</summary>
    /// <param name="session">A session.</param>
    /// <param name="provider">What it computes on.</param>
    /// <param name="standIn">Whether the host's own memory plays the device's.</param>
    /// <returns>Null when all is on the host, or the provider can not copy; the runtime then copies by itself.</returns>
    public static DeviceMemory? Open(InferenceSession session, ProviderSettings provider, DeviceStandIn standIn)
    {
        var pretend = standIn == DeviceStandIn.Copying;
        if (provider.Kind == ExecutionProvider.Cpu && !pretend) return null;
        var allocators = new Dictionary<string, OrtAllocator>(StringComparer.Ordinal);
        using var inputs = session.GetMemoryInfosForInputs();
        using var outputs = session.GetMemoryInfosForOutputs();
        foreach (var (name, memory) in session.InputNames.Zip(inputs).Concat(session.OutputNames.Zip(outputs)))
        {
            if (pretend || !IsHost(memory)) allocators[name] = new OrtAllocator(session, memory);
        }
        var opened = new DeviceMemory(allocators, PageLockedOf(session, provider, pretend), pretend);
        if (allocators.Count > 0 && (pretend || DeviceCopies.Ready(allocators.Values.First(), provider))) return opened;
        opened.Dispose();
        return null;
    }

    /// <summary>A new tensor on the device; null when the session takes this one from the host.</summary>
    /// <param name="name">Input or output.</param>
    /// <param name="type">Type of its elements.</param>
    /// <param name="shape">Axes, outermost first.</param>
    public OrtValue? Tensor(string name, TensorElementType type, long[] shape) =>
        _allocators.TryGetValue(name, out var allocator) ? OrtValue.CreateAllocatedTensorValue(allocator, type, shape) : null;

    /// <summary>Copies one tensor; both lists hold exactly one, so that nothing is allocated.</summary>
    public void Copy(OrtValue[] from, OrtValue[] to)
    {
        // The runtime knows no way from the host to the host.
        if (_host) from[0].GetTensorMutableRawData().CopyTo(to[0].GetTensorMutableRawData());
        else OrtEnv.Instance().CopyTensors(from, to, null);
    }

    public void Dispose()
    {
        foreach (var allocator in _allocators.Values) allocator.Dispose();
        PageLocked?.Dispose();
    }

    private static bool IsHost(OrtMemoryInfo memory) => memory.Name == "Cpu";

    private static OrtAllocator? PageLockedOf(InferenceSession session, ProviderSettings provider, bool pretend)
    {
        if (pretend) return new OrtAllocator(session, OrtMemoryInfo.DefaultInstance);
        if (provider.Kind is not (ExecutionProvider.Cuda or ExecutionProvider.TensorRt)) return null;
        try
        {
            using var memory = new OrtMemoryInfo(OrtMemoryInfo.allocatorCUDA_PINNED, OrtAllocatorType.DeviceAllocator, provider.Device, OrtMemType.CpuOutput);
            return new OrtAllocator(session, memory);
        }
        catch (OnnxRuntimeException)
        {
            // Ordinary memory does as well, only slower.
            return null;
        }
    }
}
