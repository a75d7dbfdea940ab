using System.Text;
using Niche.Inference.Models;
using Niche.Inference.Random;
using Niche.Inference.Tokenizers;

namespace Niche.Inference.Text;

/// <summary>One text as it grows: from the logits of its last place to the next piece and token.</summary>
internal sealed class TextProgress
{
    private readonly TextRequest _request;
    private readonly ITextTokenizer _tokenizer;
    private readonly IReadOnlySet<int> _ends;
    private readonly int _limit;
    private readonly int _promptTokens;
    private readonly TextBuffer _buffer;
    private readonly Mt19937 _random;
    private readonly TokenRanking _ranking;
    private readonly float[] _logits;
    private int _made;

    /// <summary>A text before its first token.</summary>
    /// <param name="request">What to continue and how.</param>
    /// <param name="tokenizer">Turns tokens into text.</param>
    /// <param name="ends">Tokens that end the text.</param>
    /// <param name="promptTokens">Tokens of the prompt.</param>
    /// <param name="limit">Most new tokens.</param>
    /// <param name="words">Logits of a place that belong to tokens.</param>
    public TextProgress(TextRequest request, ITextTokenizer tokenizer, IReadOnlySet<int> ends, int promptTokens, int limit, int words)
    {
        (_request, _tokenizer, _ends, _promptTokens, _limit) = (request, tokenizer, ends, promptTokens, limit);
        (_buffer, _random, _ranking, _logits) = (new TextBuffer(request.Stop), new Mt19937(request.Seed), new TokenRanking(words), new float[words]);
    }

    /// <summary>The token to go on with.</summary>
    public int Next { get; private set; }

    /// <summary>Takes the logits of the last place; the piece that ends the text says why.</summary>
    /// <param name="logits">One for each token.</param>
    /// <exception cref="InferenceException">They are not finite.</exception>
    public TextPiece Take(ReadOnlySpan<float> logits)
    {
        foreach (var logit in logits)
        {
            if (!float.IsFinite(logit))
                throw new InferenceException("logits_not_finite", "The language model produced numbers that are not finite.");
        }
        logits.CopyTo(_logits);
        foreach (var id in _ends)
        {
            if (_made < _request.MinTokens && id < _logits.Length) _logits[id] = float.NegativeInfinity;
        }
        _ranking.Rank(_logits);
        var rank = _ranking.Sample(_random.NextDouble(), _request.Temperature, _request.TopK, _request.TopP);
        Next = _ranking.Ids[rank];
        if (_ends.Contains(Next)) return new TextPiece(_buffer.Finish(), null, [], "stop", _promptTokens);
        var text = _buffer.Add(_tokenizer.Bytes(Next));
        var last = ++_made == _limit && !_buffer.Stopped;
        if (last) text += _buffer.Finish();
        var finish = _buffer.Stopped ? "stop" : last ? "length" : null;
        return new TextPiece(text, Token(rank), Top(), finish, finish is null ? null : _promptTokens);
    }

    private TokenLogprob[] Top()
    {
        var top = new TokenLogprob[Math.Min(_request.TopLogprobs, _ranking.Ids.Length)];
        for (var i = 0; i < top.Length; i++) top[i] = Token(i);
        return top;
    }

    private TokenLogprob Token(int rank) =>
        new(_ranking.Ids[rank], Encoding.UTF8.GetString(_tokenizer.Bytes(_ranking.Ids[rank])), _ranking.Logprob(rank));
}
