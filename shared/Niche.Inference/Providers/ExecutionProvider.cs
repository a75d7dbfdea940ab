namespace Niche.Inference.Providers;

/// <summary>What computes the graphs.</summary>
public enum ExecutionProvider
{
    /// <summary>The fastest that works on this machine without building engines: CUDA, WebGPU, the processor.</summary>
    Auto,

    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>NVIDIA GPUs.</summary>
    Cuda,

    /// <summary>NVIDIA GPUs through TensorRT, which builds an engine for each graph on its first run; CUDA does what it can not.</summary>
    TensorRt,

    /// <summary>Any GPU with Vulkan, Metal or Direct3D 12, where the native library was built with it.</summary>
    WebGpu,
}
