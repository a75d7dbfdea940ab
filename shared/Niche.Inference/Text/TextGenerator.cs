using System.Text;
using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Models;
using Niche.Inference.Random;
using Niche.Inference.Tokenizers;

namespace Niche.Inference.Text;

/// <summary>
/// A decoder-only language model in the optimum ONNX layout, with KV cache. Sampling draws one <see cref="Mt19937.NextDouble"/> per token,
/// so a
/// seed repeats its text. Safe to call from many threads.
/// </summary>
public sealed class TextGenerator : IDisposable
{
    private readonly OnnxGraph _graph;
    private readonly Gpt2Tokenizer _tokenizer;
    private readonly int _layers;
    private readonly TimeProvider _time;

    private TextGenerator(OnnxGraph graph, Gpt2Tokenizer tokenizer, int layers, int context, TimeProvider time) =>
        (_graph, _tokenizer, _layers, Context, _time) = (graph, tokenizer, layers, context, time);

    /// <summary>Tokens of start, prompt and new text together.</summary>
    public int Context { get; }

    /// <summary>Loads <c>model.onnx</c> and the GPT-2 tokenizer beside it.</summary>
    /// <param name="folder">A verified text model.</param>
    /// <param name="settings">Threads.</param>
    /// <param name="time">Clock of the timings.</param>
    /// <exception cref="ModelFolderException">A file is missing or does not fit.</exception>
    public static TextGenerator Load(ModelFolder folder, SessionSettings settings, TimeProvider time)
    {
        var tokenizer = Gpt2Tokenizer.Load(folder);
        var config = folder.ReadJson("config.json");
        if (!config.TryGetProperty("num_hidden_layers", out var json) || !json.TryGetInt32(out var layers) || layers is < 1 or > 1024)
        {
            throw new ModelFolderException("config_invalid", folder.PathOf("config.json"), "num_hidden_layers must be 1 to 1024");
        }
        var context = folder.Manifest.Context
            ?? throw new ModelFolderException("manifest_invalid", folder.PathOf("config.json"),
                "model.json of a text model needs 'context'");
        var graph = OnnxGraph.Load(folder, "model.onnx", settings,
            ["input_ids", "attention_mask", "position_ids", $"past_key_values.{layers - 1}.value"],
            ["logits", $"present.{layers - 1}.value"]);
        return new TextGenerator(graph, tokenizer, layers, context, time);
    }

    /// <summary>Tokens that a prompt takes of the context, the start token included.</summary>
    /// <param name="prompt">Any text.</param>
    public int CountTokens(string prompt) => _tokenizer.Encode(prompt).Count + 1;

    /// <summary>Continues a text token by token. The work happens while the result is enumerated.</summary>
    /// <param name="request">What to continue and how.</param>
    /// <param name="cancellation">Stops between tokens and inside one.</param>
    /// <exception cref="InferenceException">The prompt fills the context, or the model produced numbers that are not finite.</exception>
    public IEnumerable<TextPiece> Stream(TextRequest request, CancellationToken cancellation)
    {
        int[] next = [_tokenizer.EndId, .. _tokenizer.Encode(request.Prompt)];
        var room = Context - next.Length;
        if (room < 1)
        {
            throw new InferenceException("prompt_too_long",
                $"The prompt has {next.Length} tokens; the model holds {Context} with the answer.");
        }
        using var run = new CancellableRun(cancellation);
        using var state = new DecoderState(_graph, _layers);
        var clock = new RunClock(_time);
        var sampler = new Mt19937(request.Seed);
        var ranking = new TokenRanking(_tokenizer.Count);
        var logits = new float[_tokenizer.Count];
        var buffer = new TextBuffer(request.Stop);
        var limit = Math.Min(request.MaxTokens, room);
        for (var made = 0; made < limit; made++)
        {
            cancellation.ThrowIfCancellationRequested();
            run.Do(options => Append(state, next, logits, clock, options));
            var rank = Choose(request, ranking, logits, made, sampler);
            var (id, top) = (ranking.Ids[rank], Top(ranking, request.TopLogprobs));
            if (id == _tokenizer.EndId)
            {
                yield return new TextPiece(buffer.Finish(), null, [], "stop");
                yield break;
            }
            var text = buffer.Add(_tokenizer.Bytes(id));
            var last = made + 1 == limit && !buffer.Stopped;
            if (last) text += buffer.Finish();
            yield return new TextPiece(text, Token(id, ranking.Logprob(rank)), top, buffer.Stopped ? "stop" : last ? "length" : null);
            if (buffer.Stopped) yield break;
            next = [id];
        }
    }

    /// <summary>Continues a text to its end.</summary>
    /// <param name="request">What to continue and how.</param>
    /// <param name="cancellation">Stops between tokens and inside one.</param>
    /// <exception cref="InferenceException">As <see cref="Stream"/>.</exception>
    public TextResult Complete(TextRequest request, CancellationToken cancellation)
    {
        TextPiece[] pieces = [.. Stream(request, cancellation)];
        return new TextResult(string.Concat(pieces.Select(p => p.Text)), pieces, pieces[^1].FinishReason!, CountTokens(request.Prompt));
    }

    /// <inheritdoc/>
    public void Dispose() => _graph.Dispose();

    private static bool Append(DecoderState state, int[] ids, float[] logits, RunClock clock, RunOptions options)
    {
        state.Append(ids, logits, clock, options);
        return true;
    }

    private int Choose(TextRequest request, TokenRanking ranking, float[] logits, int made, Mt19937 sampler)
    {
        foreach (var logit in logits)
        {
            if (!float.IsFinite(logit))
            {
                throw new InferenceException("logits_not_finite", "The language model produced numbers that are not finite.");
            }
        }
        if (made < request.MinTokens) logits[_tokenizer.EndId] = float.NegativeInfinity;
        ranking.Rank(logits);
        return ranking.Sample(sampler.NextDouble(), request.Temperature, request.TopK, request.TopP);
    }

    private TokenLogprob[] Top(TokenRanking ranking, int count)
    {
        var top = new TokenLogprob[Math.Min(count, ranking.Ids.Length)];
        for (var i = 0; i < top.Length; i++) top[i] = Token(ranking.Ids[i], ranking.Logprob(i));
        return top;
    }

    private TokenLogprob Token(int id, double logprob) => new(id, Encoding.UTF8.GetString(_tokenizer.Bytes(id)), logprob);
}
