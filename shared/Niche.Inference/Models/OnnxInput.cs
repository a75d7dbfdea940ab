namespace Niche.Inference.Models;

/// <summary>An input as an ONNX file declares it.</summary>
/// <param name="Name">Name.</param>
/// <param name="Axes">Sizes of the axes, outermost first; null for one that is left open.</param>
internal sealed record OnnxInput(string Name, IReadOnlyList<int?> Axes);
