using Niche.Inference.Models;
using Niche.Inference.Tokenizers;

namespace Niche.Inference.Text;

/// <summary>One text as it grows: from the logits of its last place to the next piece and token.</summary>
internal sealed class TextProgress
{
    private readonly ITextTokenizer _tokenizer;
    private readonly TokenTexts _texts;
    private readonly IReadOnlySet<int> _ends;
    private readonly int _limit;
    private readonly int _promptTokens;
    private readonly TextBuffer _buffer;
    private readonly TokenSampler _sampler;
    private int _made;

    /// <summary>A text before its first token.</summary>
    /// <param name="request">What to continue and how.</param>
    /// <param name="tokenizer">Turns tokens into text.</param>
    /// <param name="texts">The same one by one, for log-probabilities.</param>
    /// <param name="ends">Tokens that end the text.</param>
    /// <param name="prompt">The prompt's tokens.</param>
    /// <param name="limit">Most new tokens.</param>
    /// <param name="words">Logits of a place that belong to tokens.</param>
    public TextProgress(TextRequest request, ITextTokenizer tokenizer, TokenTexts texts, IReadOnlySet<int> ends, IReadOnlyList<int> prompt, int limit, int words)
    {
        (_tokenizer, _texts, _ends, _promptTokens, _limit) = (tokenizer, texts, ends, prompt.Count, limit);
        (_buffer, _sampler) = (new TextBuffer(request.Stop), new TokenSampler(request, prompt, ends, words));
    }

    /// <summary>The token to go on with.</summary>
    public int Next { get; private set; }

    /// <summary>Takes the logits of the last place; the piece that ends the text says why.</summary>
    /// <param name="logits">One for each token.</param>
    /// <param name="room">Memory for rankings; texts of one thread may share it.</param>
    /// <exception cref="InferenceException">They are not finite.</exception>
    public TextPiece Take(ReadOnlySpan<float> logits, RankingRoom room)
    {
        var drawn = _sampler.Next(logits, room);
        Next = drawn.Id;
        if (_ends.Contains(Next)) return new TextPiece(_buffer.Finish(), null, [], "stop", _promptTokens);
        var text = _buffer.Add(_tokenizer.Bytes(Next));
        var last = ++_made == _limit && !_buffer.Stopped;
        if (last) text += _buffer.Finish();
        var finish = _buffer.Stopped ? "stop" : last ? "length" : null;
        return new TextPiece(text, Token(Next, drawn.Logprob), Top(drawn), finish, finish is null ? null : _promptTokens);
    }

    private TokenLogprob[] Top(DrawnToken drawn)
    {
        if (drawn.Top.Count == 0) return [];
        var top = new TokenLogprob[drawn.Top.Count];
        for (var i = 0; i < top.Length; i++) top[i] = Token(drawn.Top[i].Id, drawn.Top[i].Logprob);
        return top;
    }

    private TokenLogprob Token(int id, double logprob) => new(id, _texts[id], logprob);
}
