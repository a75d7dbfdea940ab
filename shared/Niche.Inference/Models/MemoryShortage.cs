using Microsoft.ML.OnnxRuntime;

namespace Niche.Inference.Models;

/// <summary>Memory that could not be had, on the processor or on a device. The runtime has no code for it: its allocators say it in words.</summary>
public static class MemoryShortage
{
    /// <summary>Code of the error that callers see.</summary>
    public const string Code = "out_of_memory";

    // The arena and its limit; malloc; cudaMalloc, cuBLAS, cuDNN and TensorRT.
    private static readonly string[] Words =
    [
        "failed to allocate memory", "smaller than requested bytes", "bad_alloc", "bad allocation", "out of memory", "outofmemory", "ALLOC_FAILED", "ALLOCATION_FAILED",
    ];

    /// <summary>Whether an error says that memory was short: a smaller piece of work may do.</summary>
    /// <param name="error">The error.</param>
    public static bool Is(Exception error) => error switch
    {
        OutOfMemoryException or InferenceException { Code: Code } => true,
        OnnxRuntimeException e => Array.Exists(Words, word => e.Message.Contains(word, StringComparison.OrdinalIgnoreCase)),
        _ => false,
    };

    /// <summary>The error that callers see.</summary>
    /// <param name="cause">What the runtime said.</param>
    public static InferenceException Error(Exception cause) => cause as InferenceException
        ?? new InferenceException(Code, "There is not enough memory for this request, not even in small pieces; ask for less, or later.", cause);
}
