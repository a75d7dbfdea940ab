using System.Numerics.Tensors;
using Niche.Inference.Models;
using Niche.Inference.Random;

namespace Niche.Inference.Text;

/// <summary>
/// Draws the tokens of one text, in this order: bias and penalties, temperature, min-p, top-k, top-p. One uniform number is drawn for each token
/// whatever the rules, so that a seed means the same with all of them. Log-probabilities are the model's own, before any rule: a check of the text
/// afterwards finds the same ones.
/// </summary>
internal sealed class TokenSampler
{
    /// <summary>Logits that differ by no more than this may change places in another precision.</summary>
    public const float Near = 0.05f;

    private readonly TextRequest _request;
    private readonly TokenRules _rules;
    private readonly Mt19937 _random;
    private double[] _weights = [];
    private int _weighed;

    /// <summary>A text before its first token.</summary>
    /// <param name="request">Seed and rules.</param>
    /// <param name="prompt">Its tokens.</param>
    /// <param name="ends">Tokens that end the text.</param>
    /// <param name="words">Logits of a place.</param>
    public TokenSampler(TextRequest request, IReadOnlyList<int> prompt, IReadOnlySet<int> ends, int words) =>
        (_request, _rules, _random) = (request, new TokenRules(request, prompt, ends, words), new Mt19937(request.Seed));

    /// <summary>Draws the next token.</summary>
    /// <param name="logits">The model's, one for each token.</param>
    /// <param name="room">Memory for rankings; texts of one thread may share it.</param>
    /// <exception cref="InferenceException">They are not finite.</exception>
    public DrawnToken Next(ReadOnlySpan<float> logits, RankingRoom room)
    {
        var sum = TokenScore.LogSum(logits, out var mass);
        var judged = _rules.Apply(logits);
        var uniform = _random.NextDouble();
        var ranked = _request.Temperature > 0;
        var ranking = new TokenRanking(judged, room, Math.Max(_request.TopK, _request.TopLogprobs));
        var id = ranked ? Draw(judged, ref ranking, uniform, judged == logits && _request.Temperature == 1 ? mass : null) : TensorPrimitives.IndexOfMax(judged);
        if (judged != logits) ranking = new TokenRanking(logits, room, _request.TopLogprobs);
        var top = new (int, double)[Math.Min(_request.TopLogprobs, logits.Length)];
        for (var rank = 0; rank < top.Length; rank++) top[rank] = (ranking.Id(rank), ranking.Logit(rank) - sum);
        _rules.Add(id);
        return new DrawnToken(id, logits[id] - sum, top);
    }

    /// <summary>
    /// Goes on with a given token instead of drawing one: how far the number that the seed draws at this place is from the part of the distribution
    /// that belongs to the token. 0 where it would have been drawn, also with the logits of a neighbour in another precision; 1 is farthest.
    /// </summary>
    /// <param name="logits">The model's, one for each token.</param>
    /// <param name="id">The token.</param>
    /// <param name="room">Memory for rankings.</param>
    public double Miss(ReadOnlySpan<float> logits, int id, RankingRoom room)
    {
        var judged = _rules.Apply(logits);
        var uniform = _random.NextDouble();
        _rules.Add(id);
        var own = judged[id];
        if (_request.Temperature <= 0) return TensorPrimitives.Max(judged) > own + Near ? 1 : 0;
        var ranking = new TokenRanking(judged, room, _request.TopK);
        // A token at the edge of min-p or top-p may be kept there and not here, which moves all that come before it.
        var least = KeptMass(judged, ref ranking, null, Math.Exp(-Near / _request.Temperature), out _);
        var most = KeptMass(judged, ref ranking, null, Math.Exp(Near / _request.Temperature), out _);
        var (before, with) = (0.0, 0.0);
        for (var rank = 0; rank < judged.Length && ranking.Logit(rank) >= own - Near; rank++)
        {
            var weight = Weight(ref ranking, rank);
            with += weight;
            if (ranking.Logit(rank) > own + Near) before += weight;
        }
        return Math.Clamp(Math.Max((before / most) - uniform, uniform - (with / least)), 0, 1);
    }

    private int Draw(ReadOnlySpan<float> logits, ref TokenRanking ranking, double uniform, double? known)
    {
        var mass = KeptMass(logits, ref ranking, known, 1, out var kept);
        var (target, seen, chosen) = (uniform * mass, 0.0, 0);
        for (var rank = 0; rank < kept && target >= seen; rank++)
        {
            var weight = Weight(ref ranking, rank);
            // Rounding may let the target lie beyond all; what is barred weighs nothing and is never taken.
            if (weight > 0) chosen = rank;
            seen += weight;
        }
        return ranking.Id(chosen);
    }

    // What the tokens weigh that top-k, min-p and top-p keep, and how many they are: at odds of 1 by the rules, above by rules that keep so much more.
    private double KeptMass(ReadOnlySpan<float> logits, ref TokenRanking ranking, double? known, double odds, out int kept)
    {
        _weighed = 0;
        kept = _request.TopK > 0 ? Math.Min(_request.TopK, logits.Length) : logits.Length;
        var mass = kept == logits.Length && _request.MinP <= 0
            ? known ?? TokenScore.Mass(logits, ranking.Logit(0), _request.Temperature)
            : Keep(ref ranking, double.PositiveInfinity, Math.Min(1, _request.MinP / odds), ref kept);
        if (_request.TopP >= 1) return mass;
        var part = odds == 1 ? _request.TopP : Math.Max(double.Epsilon, 1 - (1 / (1 + (_request.TopP / (1 - _request.TopP) * odds))));
        return Keep(ref ranking, part * mass, 0, ref kept);
    }

    // Keeps the likeliest tokens until they hold the wanted mass, stopping before those that weigh too little; returns what they hold.
    private double Keep(ref TokenRanking ranking, double wanted, double floor, ref int kept)
    {
        var mass = 0.0;
        for (var rank = 0; rank < kept && mass < wanted; rank++)
        {
            var weight = Weight(ref ranking, rank);
            if (weight < floor) kept = rank;
            else mass += weight;
            if (mass >= wanted) kept = rank + 1;
        }
        return mass;
    }

    // The likeliest token weighs 1. Ranks are weighed as they are found, several at a time.
    private double Weight(ref TokenRanking ranking, int rank)
    {
        if (rank < _weighed) return _weights[rank];
        var largest = (double)ranking.Logit(0);
        ranking.Logit(rank);
        if (_weights.Length < ranking.Known) Array.Resize(ref _weights, ranking.Known);
        var weights = _weights.AsSpan(_weighed..ranking.Known);
        for (var i = 0; i < weights.Length; i++) weights[i] = (ranking.Logit(_weighed + i) - largest) / _request.Temperature;
        TensorPrimitives.Exp(weights, weights);
        _weighed = ranking.Known;
        return _weights[rank];
    }
}
