using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Niche.Inference.Embeddings;
using Niche.Inference.Images;
using Niche.Inference.Models;

namespace Niche.Inference.Safety;

/// <summary>
/// Says how likely a picture is one that nobody should be shown. Two layouts: diffusers' <c>safety_checker/model.onnx</c>, which holds its concepts
/// and their thresholds itself, or any classifier <c>model.onnx</c> from one picture to one score or to the logits of <c>config.json</c>'s labels.
/// <c>feature_extractor/preprocessor_config.json</c> says how either wants its pictures. Safe to call from many threads.
/// </summary>
public sealed class SafetyClassifier : IDisposable
{
    private const string Checker = "safety_checker/model.onnx";
    private const string Classifier = "model.onnx";
    private const string Clip = "clip_input";
    private const string Pictures = "images";
    private const string Concepts = "has_nsfw_concepts";
    private readonly OnnxGraph _graph;
    private readonly PixelNormalizer _pixels;
    private readonly LabelScore? _labels;
    private readonly TimeProvider _time;

    private SafetyClassifier(OnnxGraph graph, PixelNormalizer pixels, LabelScore? labels, TimeProvider time) =>
        (_graph, _pixels, _labels, _time) = (graph, pixels, labels, time);

    /// <summary>Loads the graph of either layout.</summary>
    /// <param name="folder">A verified folder of kind <see cref="ModelKind.Safety"/>.</param>
    /// <param name="settings">Provider and threads.</param>
    /// <param name="time">Clock of the timings.</param>
    /// <exception cref="ModelFolderException">A file is missing or does not fit.</exception>
    public static SafetyClassifier Load(ModelFolder folder, SessionSettings settings, TimeProvider time)
    {
        if (folder.Manifest.Kind != ModelKind.Safety)
            throw new ModelFolderException("kind_unexpected", folder.Root, "this is no model that checks pictures; its model.json must say \"kind\": \"safety\"");
        var pixels = PixelNormalizer.Load(folder, PixelNormalizer.OfDiffusers);
        if (folder.Manifest.Files.ContainsKey(Checker))
            return new SafetyClassifier(OnnxGraph.Load(folder, Checker, settings, [Clip, Pictures], [Concepts]), pixels, null, time);
        var graph = OnnxGraph.Load(folder, Classifier, settings, [], []);
        try
        {
            if (graph.Session.InputMetadata.Count != 1)
                throw new ModelFolderException("graph_invalid", graph.File, "a classifier takes one picture and nothing else");
            return new SafetyClassifier(graph, pixels, LabelScore.Read(folder, graph), time);
        }
        catch (ModelFolderException)
        {
            graph.Dispose();
            throw;
        }
    }

    /// <summary>How likely the picture must not be shown.</summary>
    /// <param name="image">A picture of any size.</param>
    /// <param name="cancellation">Stops inside the graph.</param>
    /// <returns>0 to 1; diffusers' checker says 0 or 1.</returns>
    /// <exception cref="InferenceException">The graph gave no number.</exception>
    public double Score(RgbImage image, CancellationToken cancellation)
    {
        using var input = new HostTensor<float>(1, 3, _pixels.Height, _pixels.Width);
        _pixels.Write(image, input.Data);
        using var run = new CancellableRun(cancellation);
        return run.Do(options => _labels is null ? Check(image, input, options) : Classify(_labels, input, options));
    }

    /// <inheritdoc/>
    public void Dispose() => _graph.Dispose();

    private double Classify(LabelScore labels, HostTensor<float> input, RunOptions options)
    {
        using var outputs = new RunClock(_time).RunTyped(_graph, options, [.. _graph.Session.InputNames], [input.Value], [labels.Output]);
        var score = labels.Of(HalfTensor.Read(outputs[0]));
        return double.IsFinite(score) ? score : throw new InferenceException("score_not_finite", "The safety classifier gave no number; its picture is held back.");
    }

    // The checker blackens what it blocks, so it wants the pictures too.
    private double Check(RgbImage image, HostTensor<float> input, RunOptions options)
    {
        using var pictures = new HostTensor<float>(1, image.Height, image.Width, 3);
        for (var i = 0; i < image.Pixels.Length; i++) pictures.Data[i] = image.Pixels[i] / 255f;
        using var outputs = new RunClock(_time).RunTyped(_graph, options, [Clip, Pictures], [input.Value, pictures.Value], [Concepts]);
        return outputs[0].GetTensorTypeAndShape().ElementDataType == TensorElementType.Bool && outputs[0].GetTensorDataAsSpan<bool>()[0] ? 1 : 0;
    }
}
