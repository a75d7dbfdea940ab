using System.Text;
using Niche.Inference.Models;
using Niche.Inference.Random;
using Niche.Inference.Tokenizers;

namespace Niche.Inference.Text;

/// <summary>
/// A decoder-only language model in the optimum ONNX layout, with KV cache. Sampling draws one <see cref="Mt19937.NextDouble"/> per token,
/// so a seed repeats its text. Safe to call from many threads.
/// </summary>
public sealed class TextGenerator : IDisposable
{
    private readonly DecoderGraph _graph;
    private readonly ITextTokenizer _tokenizer;
    private readonly TimeProvider _time;
    private readonly int _words;

    private TextGenerator(DecoderGraph graph, ITextTokenizer tokenizer, int context, TimeProvider time)
    {
        (_graph, _tokenizer, Context, _time) = (graph, tokenizer, context, time);
        // Embeddings are often padded to a round number, and some tokenizers know tokens that the model does not.
        _words = Math.Min(tokenizer.Count, graph.Config.Vocabulary);
    }

    /// <summary>Tokens of start, prompt and new text together.</summary>
    public int Context { get; }

    /// <summary>Loads <c>config.json</c>, the tokenizer beside it, and <c>model.onnx</c>.</summary>
    /// <param name="folder">A verified text model.</param>
    /// <param name="settings">Threads.</param>
    /// <param name="time">Clock of the timings.</param>
    /// <exception cref="ModelFolderException">A file is missing or does not fit.</exception>
    public static TextGenerator Load(ModelFolder folder, SessionSettings settings, TimeProvider time)
    {
        var config = DecoderConfig.Load(folder);
        var tokenizer = TextTokenizers.Load(folder);
        var context = Math.Min(folder.Manifest.Context ?? config.Context, config.Context);
        return new TextGenerator(DecoderGraph.Load(folder, settings, config), tokenizer, context, time);
    }

    /// <summary>Continues a text token by token. The work happens while the result is enumerated.</summary>
    /// <param name="request">What to continue and how.</param>
    /// <param name="cancellation">Stops between tokens and inside one.</param>
    /// <param name="clock">Measures the runs of the graph; null to do without.</param>
    /// <exception cref="InferenceException">The prompt fills the context, or the model produced numbers that are not finite.</exception>
    public IEnumerable<TextPiece> Stream(TextRequest request, CancellationToken cancellation, RunClock? clock = null)
    {
        clock ??= new RunClock(_time);
        var (next, progress) = Begin(request);
        using var run = new CancellableRun(cancellation);
        using var state = new DecoderState(_graph);
        var logits = new float[_words];
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            run.Do(options =>
            {
                state.Append(next, 1, logits, clock, options);
                return true;
            });
            var piece = progress.Take(logits);
            yield return piece;
            if (piece.FinishReason is not null) yield break;
            next = [progress.Next];
        }
    }

    /// <summary>Continues a text to its end.</summary>
    /// <param name="request">What to continue and how.</param>
    /// <param name="cancellation">Stops between tokens and inside one.</param>
    /// <param name="clock">Measures the runs of the graph; null to do without.</param>
    /// <exception cref="InferenceException">As <see cref="Stream"/>.</exception>
    public TextResult Complete(TextRequest request, CancellationToken cancellation, RunClock? clock = null)
    {
        TextPiece[] pieces = [.. Stream(request, cancellation, clock)];
        return new TextResult(string.Concat(pieces.Select(p => p.Text)), pieces, pieces[^1].FinishReason!, pieces[^1].PromptTokens!.Value);
    }

    /// <inheritdoc/>
    public void Dispose() => _graph.Dispose();

    // A prompt's tokens and the text that will follow them.
    private (int[] Prompt, TextProgress Progress) Begin(TextRequest request)
    {
        var prompt = Prompt(request.Prompt);
        var room = Context - prompt.Length;
        if (room < 1) throw TooLong($"{prompt.Length}");
        return (prompt, new TextProgress(
            request, _tokenizer, _graph.Config.EndIds, prompt, Math.Min(Math.Max(1, request.MaxTokens), room), _words));
    }

    private int[] Prompt(string prompt)
    {
        // Cutting a text into tokens takes time; one that cannot fit is refused by its length alone.
        if (Encoding.UTF8.GetByteCount(prompt) > (long)Context * _tokenizer.LongestToken) throw TooLong($"more than {Context}");
        int[] ids = [.. _tokenizer.StartId is { } start ? [start] : Array.Empty<int>(), .. _tokenizer.Encode(prompt)];
        if (ids.Length == 0) throw new InferenceException("prompt_empty", "This model has no start token, so the prompt needs at least one.");
        return ids.All(id => id < _graph.Config.Vocabulary)
            ? ids
            : throw new InferenceException("token_unknown", "The prompt holds a token of the tokenizer that the model does not know.");
    }

    private InferenceException TooLong(string tokens) =>
        new("prompt_too_long", $"The prompt has {tokens} tokens; the model holds {Context} with the answer.");
}
