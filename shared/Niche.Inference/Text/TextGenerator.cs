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
    // What the logits of a check may take: 1 GiB.
    private const long MostLogits = 1 << 28;
    private readonly ITextTokenizer _tokenizer;
    private readonly TokenTexts _texts;

    private TextGenerator(DecoderGraph graph, ITextTokenizer tokenizer, int context, TimeProvider time) =>
        (Graph, _tokenizer, _texts, Context, Time) = (graph, tokenizer, new TokenTexts(tokenizer), context, time);

    /// <summary>Tokens of start, prompt and new text together.</summary>
    public int Context { get; }

    internal DecoderGraph Graph { get; }

    internal TimeProvider Time { get; }

    // Embeddings are often padded to a round number, and some tokenizers know tokens that the model does not.
    internal int Words => Math.Min(_tokenizer.Count, Graph.Config.Vocabulary);

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
        clock ??= new RunClock(Time);
        var (next, progress) = Begin(request);
        using var run = new CancellableRun(cancellation);
        using var state = new DecoderState(Graph);
        var room = new RankingRoom(Words);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            run.Do(options =>
            {
                state.Read(next, clock, options);
                return true;
            });
            var piece = progress.Take(state.Logits(0)[..Words], room);
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

    /// <summary>Rank and log-probability of each token of a text after a prompt, in one run of the graph.</summary>
    /// <param name="prompt">What the text continues.</param>
    /// <param name="text">The text; cut into tokens by itself, which may differ from the tokens that a model chose.</param>
    /// <param name="cancellation">Stops inside the run.</param>
    /// <exception cref="InferenceException">The two do not fit the context, there is nothing to check, or the model produced numbers that are not finite.</exception>
    public TextCheck Check(string prompt, string text, CancellationToken cancellation) => Check(prompt, Encode(text), cancellation);

    /// <summary>The same for given tokens, the end token among them if it is to be judged.</summary>
    /// <param name="prompt">What the text continues.</param>
    /// <param name="text">Its tokens.</param>
    /// <param name="cancellation">Stops inside the run.</param>
    /// <exception cref="InferenceException">As above, or a token is unknown.</exception>
    public TextCheck Check(string prompt, IReadOnlyList<int> text, CancellationToken cancellation) => Check(Prompt(prompt), text, null, cancellation);

    /// <summary>The same, and whether the seed and the rules of a request would have drawn each token there.</summary>
    /// <param name="request">What the text continues, its seed and its rules; how long it may be and where it stops do not matter.</param>
    /// <param name="text">Its tokens.</param>
    /// <param name="ended">An end token follows: the likeliest one is judged too.</param>
    /// <param name="cancellation">Stops inside the run.</param>
    /// <exception cref="InferenceException">As above, or the model has no end token.</exception>
    public TextCheck Check(TextRequest request, IReadOnlyList<int> text, bool ended, CancellationToken cancellation)
    {
        var prompt = Prompt(request.Prompt, request.StartToken);
        var ends = ended ? Graph.Config.EndIds.Where(id => id < Words).ToArray() : [];
        // Else a text that was cut short would pass for one that ended.
        if (ended && ends.Length == 0) throw new InferenceException("token_unknown", "This model has no token that ends a text.");
        return Check(prompt, ended ? [.. text, ends[0]] : text, new TokenSampler(request, prompt, Graph.Config.EndIds, Words), cancellation, ends);
    }

    /// <summary>Cuts a text into tokens as prompts are cut.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="InferenceException">It cannot fit the context.</exception>
    public IReadOnlyList<int> Tokens(string text) => Encode(text);

    /// <summary>Tokens with these texts, as reports of log-probabilities show them.</summary>
    /// <param name="texts">Whole texts of tokens.</param>
    /// <exception cref="InferenceException">One of them is no token's, or several tokens'.</exception>
    public IReadOnlyList<int> Tokens(IReadOnlyList<string> texts) => [.. texts.Select((text, place) => _texts.Find(text)
        ?? throw new InferenceException("token_unknown", $"Text {place} of the list is not the text of exactly one token."))];

    // Nothing is asked after the last token, which may therefore be any of several.
    private TextCheck Check(int[] before, IReadOnlyList<int> text, TokenSampler? sampler, CancellationToken cancellation, params int[] last)
    {
        if (text.Count == 0) throw new InferenceException("text_empty", "There is no token to check.");
        if (text.Any(id => id < 0 || id >= Words)) throw new InferenceException("token_unknown", $"Tokens of this model are 0 to {Words - 1}.");
        if (before.Length + text.Count > Context) throw TooLong($"with the text {before.Length + text.Count}");
        int[] ids = [.. before, .. text.SkipLast(1)];
        if ((long)(Graph.KeepsLast ? text.Count : ids.Length) * Graph.Config.Vocabulary > MostLogits)
            throw new InferenceException("text_too_long", $"The logits of {ids.Length} places take more than {MostLogits} numbers; check the text in parts.");
        var clock = new RunClock(Time);
        using var run = new CancellableRun(cancellation);
        using var state = new DecoderState(Graph);
        run.Do(options =>
        {
            state.Append(ids, text.Count, clock, options);
            return true;
        });
        var room = new RankingRoom(sampler is null ? 0 : Words);
        return new TextCheck([.. text.Select((id, place) => Judge(place == text.Count - 1 ? last : [], id, state.Logits(0, place)[..Words], sampler, room))], before.Length, clock.Calls);
    }

    /// <inheritdoc/>
    public void Dispose() => Graph.Dispose();

    /// <summary>A prompt's tokens and the text that will follow them.</summary>
    internal (int[] Prompt, TextProgress Progress) Begin(TextRequest request)
    {
        var prompt = Prompt(request.Prompt, request.StartToken);
        var room = Context - prompt.Length;
        if (room < 1) throw TooLong($"{prompt.Length}");
        return (prompt, new TextProgress(
            request, _tokenizer, _texts, Graph.Config.EndIds, prompt, Math.Min(Math.Max(1, request.MaxTokens), room), Words));
    }

    private int[] Prompt(string prompt, bool withStart = true)
    {
        int[] ids = [.. withStart && _tokenizer.StartId is { } start ? [start] : Array.Empty<int>(), .. Encode(prompt)];
        if (ids.Length == 0) throw new InferenceException("prompt_empty", "There is no start token before this prompt, so it needs at least one.");
        return ids.All(id => id < Graph.Config.Vocabulary)
            ? ids
            : throw new InferenceException("token_unknown", "The prompt holds a token of the tokenizer that the model does not know.");
    }

    // Cutting a text into tokens takes time; one that cannot fit is refused by its length alone.
    private IReadOnlyList<int> Encode(string text) => Encoding.UTF8.GetByteCount(text) > (long)Context * _tokenizer.LongestToken
        ? throw TooLong($"more than {Context}")
        : _tokenizer.Encode(text);

    private CheckedToken Judge(int[] alternatives, int id, ReadOnlySpan<float> logits, TokenSampler? sampler, RankingRoom room)
    {
        foreach (var other in alternatives) id = logits[other] > logits[id] ? other : id;
        var sum = TokenScore.LogSum(logits, out _);
        return new(id, _texts[id], TokenScore.Rank(logits, id), logits[id] - sum, sampler?.Miss(logits, id, room));
    }

    private InferenceException TooLong(string tokens) =>
        new("prompt_too_long", $"The prompt has {tokens} tokens; the model holds {Context} with the answer.");
}
