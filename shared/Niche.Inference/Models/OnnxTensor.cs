namespace Niche.Inference.Models;

/// <summary>Weights read out of an ONNX file.</summary>
/// <param name="Name">Name in the graph.</param>
/// <param name="Shape">Axes.</param>
/// <param name="Values">Numbers, row-major.</param>
internal sealed record OnnxTensor(string Name, long[] Shape, float[] Values);
