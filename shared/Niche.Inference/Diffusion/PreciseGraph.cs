using Niche.Inference.Models;
using Niche.Inference.Providers;

namespace Niche.Inference.Diffusion;

/// <summary>A graph that computes in single precision in place of one whose numbers left the range of half precision.</summary>
/// <param name="File">Path in the folder.</param>
/// <param name="Settings">How to run it.</param>
internal sealed record PreciseGraph(string File, SessionSettings Settings)
{
    private const string Ending = ".onnx";

    /// <summary>
    /// <c>model_fp32.onnx</c> beside the graph; without it the graph itself on a provider that does not round it to half precision, where this one does.
    /// </summary>
    /// <param name="folder">A verified folder.</param>
    /// <param name="file">Path of the graph.</param>
    /// <param name="settings">How it runs.</param>
    /// <returns>Null when there is nothing more precise.</returns>
    public static PreciseGraph? Of(ModelFolder folder, string file, SessionSettings settings)
    {
        var rounds = settings.Provider.Kind == ExecutionProvider.TensorRt;
        var full = rounds ? settings with { Provider = settings.Provider with { Kind = ExecutionProvider.Cuda } } : settings;
        var beside = $"{file[..^Ending.Length]}_fp32{Ending}";
        return folder.Has(beside) ? new PreciseGraph(beside, full) : rounds ? new PreciseGraph(file, full) : null;
    }
}
