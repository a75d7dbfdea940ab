using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Embeddings;
using Niche.Inference.Images;
using Niche.Inference.Models;

namespace Niche.Inference.Diffusion.ImagePrompts;

/// <summary>CLIP's vision encoder: one vector a picture, or the states of the layer before the last for adapters that look closer ("Plus").</summary>
internal sealed class VisionEncoder : IDisposable
{
    public const string File = "image_encoder/model.onnx";
    private const string Pixels = "pixel_values";
    private const string Vector = "image_embeds";
    private const string AnyLayer = "hidden_states.";
    private readonly OnnxGraph _graph;
    private readonly PixelNormalizer _pixels;
    private readonly string _output;

    private VisionEncoder(OnnxGraph graph, PixelNormalizer pixels, string output) => (_graph, _pixels, _output) = (graph, pixels, output);

    /// <summary>Loads <c>image_encoder</c> and how it wants its pictures.</summary>
    /// <param name="folder">A verified folder.</param>
    /// <param name="settings">Threads.</param>
    /// <param name="states">Whether the states of the layer before the last are wanted.</param>
    public static VisionEncoder Load(ModelFolder folder, SessionSettings settings, bool states)
    {
        var pixels = PixelNormalizer.Load(folder, PixelNormalizer.OfDiffusers);
        var graph = OnnxGraph.Load(folder, File, settings, [Pixels], states ? [] : [Vector]);
        var last = graph.Session.OutputMetadata.Keys.Where(name => name.StartsWith(AnyLayer, StringComparison.Ordinal))
            .Select(name => int.TryParse(name.AsSpan(AnyLayer.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var layer) ? layer : -1)
            .DefaultIfEmpty(-1).Max();
        if (!states) return new VisionEncoder(graph, pixels, Vector);
        if (last >= 1) return new VisionEncoder(graph, pixels, string.Create(CultureInfo.InvariantCulture, $"{AnyLayer}{last - 1}"));
        graph.Dispose();
        throw new ModelFolderException("graph_invalid", graph.File, "the image projection wants hidden states, which the graph does not give; export it with output_hidden_states");
    }

    /// <summary>Encodes a picture, or a black one of normalized zeros where there is none.</summary>
    /// <returns>The numbers, and their axes without that of the batch.</returns>
    public (float[] Values, long[] Shape) Encode(RgbImage? image, RunClock clock, RunOptions options)
    {
        using var input = new HostTensor<float>(1, 3, _pixels.Height, _pixels.Width);
        if (image is not null) _pixels.Write(image, input.Data);
        using var outputs = clock.RunTyped(_graph, options, [Pixels], [input.Value], [_output]);
        return (HalfTensor.Read(outputs[0]), outputs[0].GetTensorTypeAndShape().Shape[1..]);
    }

    public void Dispose() => _graph.Dispose();
}
