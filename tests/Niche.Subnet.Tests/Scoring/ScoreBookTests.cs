using Niche.Subnet.Policy;
using Niche.Subnet.Scoring;
using Niche.Subnet.Tests.Policy;
using Niche.Subnet.Verification;

namespace Niche.Subnet.Tests.Scoring;

public sealed class ScoreBookTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;
    private static readonly ScoringPolicy Scoring = new();
    private static readonly Verdict Good = Verdict.Of(VerdictOutcome.Verified, ReasonCodes.Match);

    [Fact]
    public void A_newcomer_ramps_up_over_the_memory()
    {
        var score = Add(MinerScore.New("a", "m", 1000, Now), Good);
        Assert.Equal(0.1, score.Mean(Scoring), 12);
        Assert.Equal(1, score.Mean(Scoring with { RampNewMiners = false }), 12);
        for (var i = 0; i < 9; i++) score = Add(score, Good);
        Assert.Equal(1, score.Mean(Scoring), 12);
    }

    [Fact]
    public void Only_the_last_rewards_count()
    {
        var score = MinerScore.New("a", "m", 1000, Now);
        for (var i = 0; i < 10; i++) score = Add(score, Good);
        for (var i = 0; i < 10; i++) score = Add(score, Verdict.Of(VerdictOutcome.Wrong, ReasonCodes.OtherSeed));
        Assert.Equal(0, score.Mean(Scoring));
        Assert.Equal(10, score.Rewards.Length);
        Assert.Equal((10, 10), (score.Counts[VerdictOutcome.Verified], score.Counts[VerdictOutcome.Wrong]));
    }

    [Theory]
    [InlineData(VerdictOutcome.Wrong)]
    [InlineData(VerdictOutcome.Invalid)]
    [InlineData(VerdictOutcome.Late)]
    [InlineData(VerdictOutcome.Overloaded)]
    [InlineData(VerdictOutcome.Unreachable)]
    public void A_failed_scored_request_earns_zero_and_is_counted_under_its_own_name(VerdictOutcome outcome)
    {
        var score = Add(MinerScore.New("a", "m", 1000, Now), Verdict.Of(outcome, "x"));
        Assert.Equal([0d], score.Rewards);
        Assert.Equal((1, 1), (score.Counts[outcome], score.Counts.Total));
    }

    [Fact]
    public void A_missing_reference_costs_the_miner_nothing()
    {
        var score = Add(MinerScore.New("a", "m", 1000, Now), Verdict.Of(VerdictOutcome.Unverified, ReasonCodes.NoReference));
        Assert.Empty(score.Rewards);
        Assert.Equal(1, score.Counts[VerdictOutcome.Unverified]);
    }

    [Fact]
    public void A_change_of_model_wipes_rewards_for_good_and_keeps_counts()
    {
        var book = ScoreBook.Empty.Declare("a", ["m"], 40, Now);
        book = book.With(Add(book.Find("a", "m")!, Good));
        var changed = book.Declare("a", ["n"], 40, Now);
        Assert.Empty(changed.Find("a", "m")!.Rewards);
        Assert.Equal(1, changed.Find("a", "m")!.Counts.Total);
        Assert.Empty(changed.Declare("a", ["m"], 40, Now).Find("a", "m")!.Rewards);
        Assert.Single(book.Declare("a", ["m", "n"], 50, Now).Find("a", "m")!.Rewards);
        Assert.Equal(50, book.Declare("a", ["m", "n"], 50, Now).Find("a", "m")!.TotalVolume);
    }

    [Fact]
    public void Others_are_not_touched_and_the_deregistered_are_forgotten()
    {
        var book = ScoreBook.Empty.Declare("a", ["m"], 40, Now).Declare("b", ["m"], 40, Now);
        Assert.NotNull(book.Declare("a", ["n"], 40, Now).Find("b", "m"));
        Assert.Equal(["b"], book.Keep(new HashSet<string> { "b" }).Miners.Keys.Select(k => k.Hotkey));
    }

    private static MinerScore Add(MinerScore score, Verdict verdict) => score.Add(verdict, TimeSpan.Zero, TestPolicy.Image, Scoring, Now);
}
