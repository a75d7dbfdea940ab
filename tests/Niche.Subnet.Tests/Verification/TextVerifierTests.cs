using System.Text.Json;
using Niche.Subnet.Policy;
using Niche.Subnet.Verification;

namespace Niche.Subnet.Tests.Verification;

public sealed class TextVerifierTests
{
    private static readonly TextBands Exact = new(1, 100, -4, 100);
    private static readonly TextAnswer Reference = new(" house at night", [" house", " at", " night"], "length");

    [Fact]
    public void Equal_text_is_verified_with_or_without_tokens()
    {
        Assert.True(TextVerifier.Compare(Reference, Reference with { Tokens = [] }, Exact).IsVerified);
        Assert.Equal(ReasonCodes.Match, TextVerifier.Compare(Reference, Reference, Exact).ReasonCode);
    }

    [Fact]
    public void Another_token_is_wrong_and_the_match_is_evidence()
    {
        var verdict = TextVerifier.Compare(Reference, new(" house at noon", [" house", " at", " noon"], "length"), Exact);
        Assert.Equal((VerdictOutcome.Wrong, ReasonCodes.OtherTokens), (verdict.Outcome, verdict.ReasonCode));
        Assert.Equal(2 / 3d, verdict.Evidence["token_match"], 12);
    }

    [Fact]
    public void Claimed_tokens_that_do_not_spell_the_text_do_not_count()
    {
        var liar = new TextAnswer("x", Reference.Tokens, "length");
        Assert.False(TextVerifier.Compare(Reference, liar, Exact with { MinTokenMatch = 0.5 }).IsVerified);
    }

    [Fact]
    public void A_shorter_answer_is_not_a_match() =>
        Assert.False(TextVerifier.Compare(Reference, new(" house", [" house"], "stop"), Exact with { MinTokenMatch = 0.5 }).IsVerified);

    [Theory]
    [InlineData(5, -1.0, true)]
    [InlineData(101, -1.0, false)]
    [InlineData(5, -4.1, false)]
    [InlineData(5, double.NaN, false)]
    public void Prefill_evidence_decides_when_tokens_differ(int rank, double logprob, bool verified)
    {
        var verdict = TextVerifier.Compare(Reference, new(" tent", [], null), Exact, new PrefillEvidence([0, rank], [logprob, logprob], [0, 0.01]));
        Assert.Equal(verified, verdict.IsVerified);
        Assert.Equal(verified ? ReasonCodes.PlausibleTokens : ReasonCodes.OtherTokens, verdict.ReasonCode);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(0.01, true)]
    [InlineData(0.011, false)]
    [InlineData(double.NaN, false)]
    public void Likely_tokens_must_be_those_that_the_seed_draws(double miss, bool verified)
    {
        var verdict = TextVerifier.Compare(Reference, new(" tent", [], "stop"), Exact, new PrefillEvidence([3, 0], [-2, -2], [0, miss]));
        Assert.Equal(verified, verdict.IsVerified);
        Assert.Equal(double.IsNaN(miss) ? 1 : miss, verdict.Evidence["max_miss"]);
    }

    [Fact]
    public void Likely_tokens_whose_draws_nobody_knows_prove_nothing()
    {
        Assert.False(TextVerifier.Compare(Reference, new(" tent", [], "stop"), Exact, new PrefillEvidence([0, 0], [-1, -1], [])).IsVerified);
        Assert.False(TextVerifier.Compare(Reference, new(" tent", [], "stop"), Exact, new PrefillEvidence([0, 0], [-1, -1], [0])).IsVerified);
    }

    [Fact]
    public void The_beginning_of_the_reference_is_a_text_cut_short_whatever_its_draws() =>
        Assert.False(TextVerifier.Compare(Reference, new(Reference.Text[..3], [], "stop"), Exact, new PrefillEvidence([0, 0], [-1, -1], [0, 0])).IsVerified);

    [Fact]
    public void A_completion_object_round_trips()
    {
        var (answer, verdict) = TextAnswer.Read(Reference.ToElement("m"), Exact);
        Assert.Null(verdict);
        Assert.Equal(Reference.Tokens, answer!.Tokens);
        Assert.Equal((Reference.Text, Reference.FinishReason), (answer.Text, answer.FinishReason));
    }

    [Theory]
    [InlineData("{}", ReasonCodes.Empty)]
    [InlineData("[]", ReasonCodes.Malformed)]
    [InlineData("null", ReasonCodes.Malformed)]
    [InlineData("""{"choices":[]}""", ReasonCodes.Malformed)]
    [InlineData("""{"choices":[3]}""", ReasonCodes.Malformed)]
    [InlineData("""{"choices":[{"text":7}]}""", ReasonCodes.Malformed)]
    [InlineData("""{"choices":[{"text":"\ud800"}]}""", ReasonCodes.Malformed)]
    [InlineData("""{"choices":[{"text":""}]}""", ReasonCodes.Empty)]
    [InlineData("""{"choices":[{"text":"0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789x"}]}""", ReasonCodes.TooLarge)]
    public void Broken_answers_are_invalid_with_their_reason(string json, string reason)
    {
        using var document = JsonDocument.Parse(json);
        var (answer, verdict) = TextAnswer.Read(document.RootElement, Exact);
        Assert.Null(answer);
        Assert.Equal((VerdictOutcome.Invalid, reason), (verdict!.Outcome, verdict.ReasonCode));
    }
}
