using System.Globalization;
using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Models;
using Niche.Inference.Tokenizers;

namespace Niche.Inference.Diffusion;

/// <summary>A CLIP text encoder with its tokenizer: windows of tokens in, hidden states of a chosen layer and a pooled vector out.</summary>
internal sealed class ClipTextEncoder : IDisposable
{
    private const string Ids = "input_ids";
    private const string LastLayer = "last_hidden_state";
    private const string AnyLayer = "hidden_states.";
    private const float Epsilon = 1e-5f;
    private readonly OnnxGraph _graph;
    private readonly ClipTokenizer _tokenizer;
    private readonly string? _pooled;
    private readonly int _layers;
    private readonly Lazy<(float[] Scale, float[] Shift)?> _norm;

    private ClipTextEncoder(OnnxGraph graph, ClipTokenizer tokenizer)
    {
        (_graph, _tokenizer) = (graph, tokenizer);
        var outputs = graph.Session.OutputMetadata.Keys;
        _pooled = outputs.FirstOrDefault(name => name == "text_embeds") ?? outputs.FirstOrDefault(name => name == "pooler_output");
        _layers = outputs.Where(name => name.StartsWith(AnyLayer, StringComparison.Ordinal))
            .Select(name => int.TryParse(name.AsSpan(AnyLayer.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var layer) ? layer : -1)
            .DefaultIfEmpty(-1).Max();
        _norm = new(ReadNorm);
    }

    /// <summary>Loads <c>text_encoder{suffix}</c> and <c>tokenizer{suffix}</c>.</summary>
    public static ClipTextEncoder Load(ModelFolder folder, SessionSettings settings, string suffix = "", params IReadOnlyList<string> outputs) => new(
        OnnxGraph.Load(folder, $"text_encoder{suffix}/model.onnx", settings, [Ids], outputs), ClipTokenizer.Load(folder, $"tokenizer{suffix}/"));

    /// <summary>Encodes prompts, each in as many windows as the longest needs.</summary>
    /// <param name="prompts">The prompts.</param>
    /// <param name="weighted">Whether brackets give weight, and long prompts go on in further windows; otherwise they are cut off.</param>
    /// <param name="layersBack">0 for the last layer with its norm, 1 for the one before it, and so on.</param>
    /// <param name="normalize">Whether an earlier layer goes through the last norm too (SD 1 and 2), or not (SDXL, SD3).</param>
    /// <param name="clock">Counts the time inside the graph.</param>
    /// <param name="options">Carries the caller's wish to stop.</param>
    public EncodedText Encode(IReadOnlyList<string> prompts, bool weighted, int layersBack, bool normalize, RunClock clock, RunOptions options)
    {
        var rows = Tokenize(prompts, weighted);
        var layer = LayerName(layersBack);
        string[] outputs = _pooled is null ? [layer] : [layer, _pooled];
        var windows = rows[0].Ids.Length / _tokenizer.Length;
        EncodedText? all = null;
        for (var window = 0; window < windows; window++)
        {
            var ids = rows.SelectMany(row => row.Ids.AsSpan(window * _tokenizer.Length, _tokenizer.Length).ToArray()).ToArray();
            using var input = InputTensor.Of<int>(_graph.InputType(Ids), ids, rows.Count, _tokenizer.Length);
            using var results = clock.RunTyped(_graph, options, [Ids], [input.Value], outputs);
            var width = (int)results[0].GetTensorTypeAndShape().Shape[2];
            var states = HalfTensor.Read(results[0]);
            if (layersBack > 0 && normalize) Normalize(states, width);
            Weigh(states, width, rows, window);
            var part = new EncodedText(states, rows.Count, _tokenizer.Length, width, _pooled is null ? [] : HalfTensor.Read(results[1]));
            all = all is null ? part : all.Before(part);
        }
        return all!;
    }

    public void Dispose() => _graph.Dispose();

    private List<PromptTokens> Tokenize(IReadOnlyList<string> prompts, bool weighted)
    {
        if (!weighted) return [.. prompts.Select(prompt => new PromptTokens(_tokenizer.Encode(prompt), null))];
        var parts = prompts.Select(PromptWeights.Read).ToArray();
        var windows = parts.Max(part => _tokenizer.Encode(part).Ids.Length) / _tokenizer.Length;
        return [.. parts.Select(part => _tokenizer.Encode(part, windows))];
    }

    private string LayerName(int back)
    {
        if (back == 0) return LastLayer;
        if (_layers - back >= 0) return string.Create(CultureInfo.InvariantCulture, $"{AnyLayer}{_layers - back}");
        throw new ModelFolderException("graph_invalid", _graph.File, _layers < 0
            ? "the graph does not give its hidden states, which this pipeline needs; export it with output_hidden_states"
            : string.Create(CultureInfo.InvariantCulture, $"the graph has {_layers} layers; {back} cannot be skipped"));
    }

    // The words that count more stand out, and the whole keeps its mean, so that nothing else shifts.
    private void Weigh(float[] states, int width, List<PromptTokens> rows, int window)
    {
        var length = _tokenizer.Length;
        for (var row = 0; row < rows.Count; row++)
        {
            if (rows[row].Weights is not { } weights) continue;
            var own = states.AsSpan(row * length * width, length * width);
            var before = TensorPrimitives.Sum<float>(own);
            for (var token = 0; token < length; token++)
            {
                var part = own.Slice(token * width, width);
                TensorPrimitives.Multiply(part, weights[(window * length) + token], part);
            }
            var after = TensorPrimitives.Sum<float>(own);
            if (MathF.Abs(after) > 1e-6f) TensorPrimitives.Multiply(own, before / after, own);
        }
    }

    private void Normalize(float[] states, int width)
    {
        if (_norm.Value is not { } norm || norm.Scale.Length != width || norm.Shift.Length != width)
            throw new ModelFolderException("graph_invalid", _graph.File, "clip skip needs the weights of final_layer_norm inside the graph");
        for (var start = 0; start < states.Length; start += width)
        {
            var token = states.AsSpan(start, width);
            TensorPrimitives.Subtract(token, TensorPrimitives.Sum<float>(token) / width, token);
            TensorPrimitives.Divide(token, MathF.Sqrt((TensorPrimitives.SumOfSquares<float>(token) / width) + Epsilon), token);
            TensorPrimitives.MultiplyAdd(token, norm.Scale, norm.Shift, token);
        }
    }

    private (float[] Scale, float[] Shift)? ReadNorm() =>
        OnnxTensors.Find(_graph.File, "final_layer_norm.weight") is { } scale && OnnxTensors.Find(_graph.File, "final_layer_norm.bias") is { } shift
            ? (scale, shift) : null;
}
