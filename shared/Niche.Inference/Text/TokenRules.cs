namespace Niche.Inference.Text;

/// <summary>What changes logits before a token is drawn: bias, then penalties on what is there already, then end tokens that come too early.</summary>
internal sealed class TokenRules
{
    private readonly TextRequest _request;
    private readonly IReadOnlySet<int> _ends;
    private readonly HashSet<int> _seen;
    private readonly Dictionary<int, int> _counts = [];
    private readonly float[] _changed;
    private int _made;

    /// <summary>Rules of a text before its first token.</summary>
    /// <param name="request">Says which rules there are.</param>
    /// <param name="prompt">Its tokens.</param>
    /// <param name="ends">Tokens that end the text.</param>
    /// <param name="words">Logits of a place.</param>
    public TokenRules(TextRequest request, IReadOnlyList<int> prompt, IReadOnlySet<int> ends, int words)
    {
        (_request, _ends) = (request, ends);
        _seen = request.RepetitionPenalty == 1 ? [] : [.. prompt.Where(id => id < words)];
        _changed = Repeats || Bars || request.LogitBias.Count > 0 ? new float[words] : [];
    }

    private bool Repeats => _request is not { RepetitionPenalty: 1, PresencePenalty: 0, FrequencyPenalty: 0 };

    private bool Bars => _made < _request.MinTokens;

    /// <summary>The logits to draw from: the given ones where no rule applies, else a copy that is valid until the next call.</summary>
    /// <param name="logits">The model's.</param>
    public ReadOnlySpan<float> Apply(ReadOnlySpan<float> logits)
    {
        if (!Repeats && !Bars && _request.LogitBias.Count == 0) return logits;
        logits.CopyTo(_changed);
        foreach (var (id, bias) in _request.LogitBias)
        {
            if (id >= 0 && id < _changed.Length) _changed[id] += (float)bias;
        }
        // Keskar et al. (2019): towards zero from either side.
        foreach (var id in _seen) _changed[id] = (float)(_changed[id] > 0 ? _changed[id] / _request.RepetitionPenalty : _changed[id] * _request.RepetitionPenalty);
        foreach (var (id, count) in _counts) _changed[id] -= (float)(_request.PresencePenalty + (count * _request.FrequencyPenalty));
        foreach (var id in _ends)
        {
            if (Bars && id < _changed.Length) _changed[id] = float.NegativeInfinity;
        }
        return _changed;
    }

    /// <summary>Takes note of a token of the text.</summary>
    public void Add(int id)
    {
        _made++;
        if (!Repeats) return;
        if (_request.RepetitionPenalty != 1) _seen.Add(id);
        _counts[id] = _counts.GetValueOrDefault(id) + 1;
    }
}
