using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace Niche.Inference.Providers;

/// <summary>The options of each provider, in ONNX Runtime's own names (onnxruntime.ai/docs/execution-providers).</summary>
internal static class ProviderOptions
{
    /// <summary>Name in ONNX Runtime's list of providers.</summary>
    public static string NameOf(ExecutionProvider kind) => kind switch
    {
        ExecutionProvider.Cpu => "CPUExecutionProvider",
        ExecutionProvider.Cuda => "CUDAExecutionProvider",
        ExecutionProvider.TensorRt => "TensorrtExecutionProvider",
        ExecutionProvider.WebGpu => "WebGpuExecutionProvider",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No single provider."),
    };

    /// <summary>Adds the provider to a session's options; the processor is always there as the last.</summary>
    /// <param name="options">The session's options.</param>
    /// <param name="settings">A chosen provider.</param>
    /// <param name="profile">Ranges of the inputs' axes, for TensorRT; null where they are not known.</param>
    /// <param name="captures">Whether the session's runs are captured, on CUDA.</param>
    /// <exception cref="OnnxRuntimeException">A library of the provider is missing.</exception>
    public static void Append(SessionOptions options, ProviderSettings settings, ShapeProfile? profile = null, bool captures = false)
    {
        switch (settings.Kind)
        {
            case ExecutionProvider.TensorRt:
                using (var tensorRt = new OrtTensorRTProviderOptions())
                {
                    tensorRt.UpdateOptions(TensorRt(settings, profile));
                    options.AppendExecutionProvider_Tensorrt(tensorRt);
                }
                AppendCuda(options, settings, captures: false);
                break;
            case ExecutionProvider.Cuda:
                AppendCuda(options, settings, captures);
                break;
            case ExecutionProvider.WebGpu:
                options.AppendExecutionProvider("WebGPU", []);
                break;
            case ExecutionProvider.Auto:
                throw new ArgumentException("Auto must have been resolved by ProviderChooser.", nameof(settings));
        }
    }

    public static Dictionary<string, string> Cuda(ProviderSettings settings, bool captures = false)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["device_id"] = settings.Device.ToString(CultureInfo.InvariantCulture),

            // Measuring every algorithm again for each new size would cost more than a picture; what is captured is measured once and replayed for good.
            ["cudnn_conv_algo_search"] = captures ? "EXHAUSTIVE" : "HEURISTIC",

            // Doubling, the default, takes memory that other sessions of this process need.
            ["arena_extend_strategy"] = "kSameAsRequested",

            // Pictures are compared between machines: ten bits of mantissa are too few for that.
            ["use_tf32"] = "0",
        };
        if (captures) all["enable_cuda_graph"] = "1";
        if (settings.MemoryLimit > 0) all["gpu_mem_limit"] = settings.MemoryLimit.ToString(CultureInfo.InvariantCulture);
        return all;
    }

    public static Dictionary<string, string> TensorRt(ProviderSettings settings, ShapeProfile? profile)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["device_id"] = settings.Device.ToString(CultureInfo.InvariantCulture),
            ["trt_fp16_enable"] = "1",
        };
        if (settings.MemoryLimit > 0) all["trt_max_workspace_size"] = settings.MemoryLimit.ToString(CultureInfo.InvariantCulture);
        if (settings.EngineCache is { } folder)
        {
            (all["trt_engine_cache_enable"], all["trt_engine_cache_path"]) = ("1", folder);
            (all["trt_timing_cache_enable"], all["trt_timing_cache_path"]) = ("1", folder);
        }
        if (profile is null) return all;
        (all["trt_profile_min_shapes"], all["trt_profile_opt_shapes"], all["trt_profile_max_shapes"]) = (profile.Min, profile.Opt, profile.Max);
        return all;
    }

    private static void AppendCuda(SessionOptions options, ProviderSettings settings, bool captures)
    {
        using var cuda = new OrtCUDAProviderOptions();
        cuda.UpdateOptions(Cuda(settings, captures));
        options.AppendExecutionProvider_CUDA(cuda);
    }
}
