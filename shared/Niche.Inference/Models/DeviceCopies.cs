using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Niche.Inference.Providers;

namespace Niche.Inference.Models;

/// <summary>
/// Copies between host and device outside of a session. WebGPU brings them along; CUDA's come only with its library registered as a plug-in, which
/// the same file is.
/// </summary>
internal static class DeviceCopies
{
    private const string Registration = "niche-cuda";

    /// <summary>Whether tensors can be copied to a device and back.</summary>
    /// <param name="device">Allocates there.</param>
    /// <param name="provider">What computes there.</param>
    public static bool Ready(OrtAllocator device, ProviderSettings provider)
    {
        if (Works(device)) return true;
        if (provider.Kind is not (ExecutionProvider.Cuda or ExecutionProvider.TensorRt) || Library() is not { } path) return false;
        try
        {
            OrtEnv.Instance().RegisterExecutionProviderLibrary(Registration, path);
        }
        catch (OnnxRuntimeException)
        {
            // Another graph that is being loaded now may have registered it; if not, the copies go on failing.
        }
        return Works(device);
    }

    private static bool Works(OrtAllocator device)
    {
        try
        {
            using var there = OrtValue.CreateAllocatedTensorValue(device, TensorElementType.Float, [1]);
            using var one = OrtValue.CreateTensorValueFromMemory([42f], [1]);
            using var back = OrtValue.CreateTensorValueFromMemory([0f], [1]);
            OrtEnv.Instance().CopyTensors([one], [there], null);
            OrtEnv.Instance().CopyTensors([there], [back], null);
            return back.GetTensorDataAsSpan<float>()[0] == 42;
        }
        catch (OnnxRuntimeException)
        {
            return false;
        }
    }

    private static string? Library()
    {
        var file = OperatingSystem.IsWindows() ? "onnxruntime_providers_cuda.dll" : "libonnxruntime_providers_cuda.so";
        var folders = (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Append(AppContext.BaseDirectory).Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
    }
}
