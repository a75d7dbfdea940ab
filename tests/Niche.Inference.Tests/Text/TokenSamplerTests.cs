using CsCheck;
using Niche.Inference.Models;
using Niche.Inference.Random;
using Niche.Inference.Text;

namespace Niche.Inference.Tests.Text;

public sealed class TokenSamplerTests
{
    private const int Words = 60;
    private static readonly HashSet<int> Ends = [3, 17];
    private static readonly float[] Rising = [.. Enumerable.Range(0, Words).Select(id => id / 10f)];

    private static readonly Gen<TextRequest> Requests =
        from seed in Gen.UInt
        from temperature in Gen.OneOf(Gen.Const(0.0), Gen.Const(1.0), Gen.Double[0.05, 3])
        from topK in Gen.OneOf(Gen.Const(0), Gen.Int[1, 80])
        from topP in Gen.OneOf(Gen.Const(1.0), Gen.Double[0.01, 1])
        from minP in Gen.OneOf(Gen.Const(0.0), Gen.Double[0, 1])
        from repetition in Gen.OneOf(Gen.Const(1.0), Gen.Double[0.5, 2])
        from presence in Gen.OneOf(Gen.Const(0.0), Gen.Double[-2, 2])
        from frequency in Gen.OneOf(Gen.Const(0.0), Gen.Double[-2, 2])
        from bias in Gen.Select(Gen.Int[0, Words + 5], Gen.Double[-100, 100]).Array[0, 3]
        from minTokens in Gen.Int[0, 4]
        from top in Gen.Int[0, 8]
        select new TextRequest
        {
            Prompt = "", Seed = seed, Temperature = temperature, TopK = topK, TopP = topP, MinP = minP, RepetitionPenalty = repetition, PresencePenalty = presence,
            FrequencyPenalty = frequency, MinTokens = minTokens, TopLogprobs = top, LogitBias = bias.DistinctBy(b => b.Item1).ToDictionary(b => b.Item1, b => b.Item2),
        };

    [Fact]
    public void Any_mixture_of_rules_draws_what_their_definitions_say_with_one_number_a_token() =>
        Gen.Select(Requests, Gen.Single[-12, 12].Array[Words].Array[1, 6], Gen.Int[0, Words - 1].Array[1, 5]).Sample((request, places, prompt) =>
        {
            var sampler = new TokenSampler(request, prompt, Ends, Words);
            var (random, text) = (new Mt19937(request.Seed), new List<int>());
            foreach (var logits in places)
            {
                var drawn = sampler.Next(logits, new RankingRoom(Words));

                var logprobs = LogSoftmax(logits);
                Assert.Equal(Plain(request, logits, prompt, text, random.NextDouble()), drawn.Id);
                Assert.Equal(logprobs[drawn.Id], drawn.Logprob, 1e-9);
                Assert.Equal(Enumerable.Range(0, Words).OrderByDescending(id => logits[id]).ThenBy(id => id).Take(request.TopLogprobs), drawn.Top.Select(t => t.Id));
                Assert.All(drawn.Top, t => Assert.Equal(logprobs[t.Id], t.Logprob, 1e-9));
                text.Add(drawn.Id);
            }
        });

    [Fact]
    public void A_bias_forbids_or_forces_a_token()
    {
        var request = new TextRequest { Prompt = "", Temperature = 0 };

        Assert.Equal(Words - 1, Next(request));
        Assert.Equal(Words - 2, Next(request with { LogitBias = new Dictionary<int, double> { [Words - 1] = -100 } }));
        Assert.Equal(5, Next(request with { LogitBias = new Dictionary<int, double> { [5] = 100 }, Temperature = 1 }));
    }

    [Fact]
    public void Repetition_counts_the_prompt_and_the_others_only_the_text()
    {
        var request = new TextRequest { Prompt = "", Temperature = 0 };

        Assert.Equal(Words - 2, Next(request with { RepetitionPenalty = 1.1 }, prompt: Words - 1));
        Assert.Equal(Words - 1, Next(request with { PresencePenalty = 2, FrequencyPenalty = 2 }, prompt: Words - 1));
        var sampler = new TokenSampler(request with { PresencePenalty = 0.35 }, [0], Ends, Words);
        int[] text = [.. Enumerable.Range(0, 6).Select(_ => sampler.Next(Rising, new RankingRoom(Words)).Id)];
        // Each step down is 0.1, so that four tokens take turns below the penalty and then the best of them comes again.
        Assert.Equal([59, 58, 57, 56, 59, 59], text);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Numbers_that_are_not_finite_are_refused_wherever_they_stand(float bad)
    {
        for (var at = 0; at < Words; at++)
        {
            var logits = Rising.ToArray();
            logits[at] = bad;
            var sampler = new TokenSampler(new TextRequest { Prompt = "" }, [0], Ends, Words);

            Assert.Equal("logits_not_finite", Assert.Throws<InferenceException>(() => sampler.Next(logits, new RankingRoom(Words))).Code);
        }
    }

    private static int Next(TextRequest request, int prompt = 0) => new TokenSampler(request, [prompt], Ends, Words).Next(Rising, new RankingRoom(Words)).Id;

    // The rules by their definitions, over a whole sorted vocabulary.
    private static int Plain(TextRequest request, float[] logits, int[] prompt, List<int> text, double uniform)
    {
        var judged = (float[])logits.Clone();
        foreach (var (id, bias) in request.LogitBias.Where(b => b.Key < Words)) judged[id] += (float)bias;
        for (var id = 0; id < Words; id++)
        {
            var count = text.Count(other => other == id);
            if (count > 0 || prompt.Contains(id)) judged[id] = (float)(judged[id] > 0 ? judged[id] / request.RepetitionPenalty : judged[id] * request.RepetitionPenalty);
            if (count > 0) judged[id] -= (float)(request.PresencePenalty + (count * request.FrequencyPenalty));
            if (Ends.Contains(id) && text.Count < request.MinTokens) judged[id] = float.NegativeInfinity;
        }
        var ranked = Enumerable.Range(0, Words).OrderByDescending(id => judged[id]).ThenBy(id => id).ToArray();
        if (request.Temperature == 0) return ranked[0];
        var weights = ranked.Select(id => Math.Exp((judged[id] - (double)judged[ranked[0]]) / request.Temperature)).ToList();
        weights = weights.TakeWhile(weight => weight >= request.MinP).ToList();
        if (request.TopK > 0) weights = weights.Take(request.TopK).ToList();
        var (nucleus, held) = (request.TopP * weights.Sum(), 0.0);
        if (request.TopP < 1) weights = weights.TakeWhile(weight => (held += weight) - weight < nucleus).ToList();
        var (target, seen) = (uniform * weights.Sum(), 0.0);
        return ranked[weights.TakeWhile(weight => (seen += weight) <= target).Count()];
    }

    private static double[] LogSoftmax(float[] logits)
    {
        var sum = Math.Log(logits.Sum(logit => Math.Exp(logit)));
        return [.. logits.Select(logit => logit - sum)];
    }
}
