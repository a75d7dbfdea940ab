using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Models;
using Niche.Inference.Tokenizers;

namespace Niche.Inference.Diffusion;

/// <summary>Turns prompts into the hidden states that the denoiser attends to.</summary>
internal sealed class TextConditioner(OnnxGraph graph, ClipTokenizer tokenizer) : IDisposable
{
    private const string Ids = "input_ids";
    private const string States = "last_hidden_state";

    public static TextConditioner Load(ModelFolder folder, SessionSettings settings) => new(
        OnnxGraph.Load(folder, "text_encoder/model.onnx", settings, [Ids], [States]), ClipTokenizer.Load(folder));

    /// <summary>Encodes a batch; the result [prompts, tokens, width] lives in runtime memory and is the caller's to dispose.</summary>
    public OrtValue Encode(ReadOnlySpan<string> prompts, RunClock clock, RunOptions options)
    {
        var ids = new int[prompts.Length * tokenizer.Length];
        for (var i = 0; i < prompts.Length; i++) tokenizer.Encode(prompts[i]).CopyTo(ids, i * tokenizer.Length);
        using var input = TokenTensor.Create(ids, prompts.Length, graph.InputType(Ids));
        return clock.Run(graph, options, [Ids], [input], [States])[0];
    }

    public void Dispose() => graph.Dispose();
}
