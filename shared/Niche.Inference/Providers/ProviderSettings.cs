namespace Niche.Inference.Providers;

/// <summary>Which provider to use and what it may take.</summary>
/// <param name="Kind">The provider.</param>
/// <param name="Device">Number of the GPU.</param>
/// <param name="MemoryLimit">Most bytes of GPU memory that a session's arena takes; 0 for no limit.</param>
/// <param name="EngineCache">Folder where TensorRT keeps its engines and timings; null for none.</param>
/// <param name="CudaGraphs">Whether CUDA captures a denoiser's run and replays it, which saves launching its kernels one by one. Every node must run on CUDA.</param>
public sealed record ProviderSettings(
    ExecutionProvider Kind = ExecutionProvider.Cpu, int Device = 0, long MemoryLimit = 0, string? EngineCache = null, bool CudaGraphs = false);
