using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Models;
using Niche.Inference.Tokenizers;

namespace Niche.Inference.Diffusion;

/// <summary>A T5 text encoder with its tokenizer.</summary>
internal sealed class T5TextEncoder(OnnxGraph graph, T5Tokenizer tokenizer) : IDisposable
{
    private const string Ids = "input_ids";
    private const string Mask = "attention_mask";
    private const string States = "last_hidden_state";

    public static T5TextEncoder Load(ModelFolder folder, SessionSettings settings, string suffix, int longest) => new(
        OnnxGraph.Load(folder, $"text_encoder{suffix}/model.onnx", settings, [Ids], [States]), T5Tokenizer.Load(folder, $"tokenizer{suffix}/", longest));

    public EncodedText Encode(IReadOnlyList<string> prompts, RunClock clock, RunOptions options)
    {
        using var ids = InputTensor.Of<int>(graph.InputType(Ids), prompts.SelectMany(tokenizer.Encode).ToArray(), prompts.Count, tokenizer.Length);
        var masked = graph.Session.InputMetadata.ContainsKey(Mask);
        var ones = new int[prompts.Count * tokenizer.Length];
        Array.Fill(ones, 1);
        using var mask = masked ? InputTensor.Of<int>(graph.InputType(Mask), ones, prompts.Count, tokenizer.Length) : null;
        using var results = mask is null ? clock.RunTyped(graph, options, [Ids], [ids.Value], [States]) : clock.RunTyped(graph, options, [Ids, Mask], [ids.Value, mask.Value], [States]);
        var width = (int)results[0].GetTensorTypeAndShape().Shape[2];
        return new EncodedText(HalfTensor.Read(results[0]), prompts.Count, tokenizer.Length, width, []);
    }

    public void Dispose() => graph.Dispose();
}
