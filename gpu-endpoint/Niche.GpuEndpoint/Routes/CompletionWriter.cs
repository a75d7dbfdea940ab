using Niche.GpuEndpoint.Engines;
using Niche.Inference.Text;

namespace Niche.GpuEndpoint.Routes;

/// <summary>Shapes the pieces of one text as completions.</summary>
internal sealed class CompletionWriter(TextJob job, long created, string id)
{
    private int _offset;

    /// <summary>All pieces as one answer.</summary>
    public Completion Whole(IReadOnlyList<TextPiece> pieces)
    {
        var (promptTokens, tokens) = (pieces[^1].PromptTokens ?? 0, pieces[^1].TextTokens ?? pieces.Count(piece => piece.Token is not null));
        return Wrap(Choice(string.Concat(pieces.Select(p => p.Text)), pieces, pieces[^1].FinishReason),
            new CompletionUsage(promptTokens, tokens, promptTokens + tokens));
    }

    /// <summary>The next chunk of a stream.</summary>
    public Completion Chunk(TextPiece piece) => Wrap(Choice(piece.Text, [piece], piece.FinishReason), null);

    private Completion Wrap(CompletionChoice choice, CompletionUsage? usage) =>
        new(id, "text_completion", created, job.Model, [choice], usage);

    private CompletionChoice Choice(string text, IReadOnlyList<TextPiece> pieces, string? finish) =>
        new(0, text) { FinishReason = finish, Logprobs = job.Logprobs ? Logprobs(pieces) : null };

    private CompletionLogprobs Logprobs(IReadOnlyList<TextPiece> pieces)
    {
        var (tokens, chosen) = (new List<string>(), new List<double>());
        var (top, offsets) = (new List<Dictionary<string, double>>(), new List<int>());
        foreach (var piece in pieces)
        {
            if (piece.Token is not { } token) continue;
            tokens.Add(token.Text);
            chosen.Add(token.Logprob);
            offsets.Add(_offset);
            _offset += token.Text.Length;
            var places = new Dictionary<string, double>(StringComparer.Ordinal);
            foreach (var other in piece.Top) places.TryAdd(other.Text, other.Logprob);
            places.TryAdd(token.Text, token.Logprob);
            top.Add(places);
        }
        return new CompletionLogprobs(tokens, chosen, top, offsets);
    }
}
